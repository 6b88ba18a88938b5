using System.Text.Json;
using Parcours.Engine.Ports;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Catalogues;

/// <summary>Who uses what: asked before something is deleted, under the one lock (Semantics 6.1).</summary>
sealed partial class CatalogueService
{
    public Task<IReadOnlyList<CatalogueUser>> UsersAsync(UsedKind kind, string name, CancellationToken cancellationToken) =>
        _commands.RunAsync<IReadOnlyList<CatalogueUser>>(async (_, cancellation) => await UsersOfAsync(kind, name, cancellation), null, cancellationToken);

    /// <summary>What is live and names it: segments with the condition that they have and the one that they get, versions that somebody may be in or come into, and what the installation sets.</summary>
    async ValueTask<List<CatalogueUser>> UsersOfAsync(UsedKind kind, string name, CancellationToken cancellationToken)
    {
        var (users, live) = (new List<CatalogueUser>(), _engine.Catalogue.Journeys.ToDictionary(journey => journey.Id.Value, StringComparer.Ordinal));
        foreach (var (record, _) in _state.Segments.Values)
            if (Names(record.Condition) || record.Next is { } next && Names(next))
                users.Add(new("segment", record.Name, record.Name));
        foreach (var (journey, (record, _)) in _state.Journeys)
            // A journey does not stand in its own way.
            if (!(kind == UsedKind.Journey && journey == name) && (Pending(journey, record) is { } pending && Has(pending.Uses) ? pending : await LiveAsync(journey)) is { } plan)
                users.Add(new("journey", journey, plan.Definition.Name));
        if (kind == UsedKind.Topic)
            users.AddRange(_state.Caps.Values.Where(cap => cap.Topic == name).Select(cap => new CatalogueUser("cap", cap.Name, cap.Name)));
        if (kind == UsedKind.Secret)
            users.AddRange(_state.Actions.Values.Where(action => action.Names(name)).Select(action => new CatalogueUser("action", action.Name, action.Title)));
        if (kind == UsedKind.Team && await _store.Queries.DocumentAsync(DocumentKinds.Setting, DocumentKinds.ApprovalSetting, cancellationToken) is { } setting
            && JsonSerializer.Deserialize(setting.Json.Span, CatalogueJson.Default.ApprovalRecord)?.Teams?.Contains(name) == true)
            users.Add(new("approval", "settings", "approval"));
        return users;

        bool Names(JsonElement condition) => Has(JourneyUses.Of(Condition.FromJson(condition.GetRawText())));
        bool Has(IReadOnlyList<Use> uses) => uses.Any(use => use.Is(kind, name));
        async ValueTask<JourneyPlan?> LiveAsync(string journey) =>
            live.TryGetValue(journey, out var found) ? await JourneysInUse.NamingAsync(found, kind, name, _store.Queries, cancellationToken) : null;
    }

    /// <summary>The version that goes live when what it asks for is filled.</summary>
    JourneyPlan? Pending(string journey, JourneyRecord record) => record.Pending > 0 ? _state.Plans.GetValueOrDefault((journey, record.Pending)) : null;

    /// <summary>Versions that somebody may be in, and those that go live when what they ask for is filled.</summary>
    IEnumerable<(string Journey, JourneyPlan Plan)> PlansInUse() =>
        _engine.Catalogue.Journeys.Where(journey => journey.Status != JourneyStatus.Ended).SelectMany(journey => journey.Versions.Values.Select(plan => (journey.Id.Value, plan)))
            .Concat(_state.Journeys.Select(held => (held.Key, Plan: Pending(held.Key, held.Value.Record))).Where(held => held.Plan is not null).Select(held => (held.Key, held.Plan!)));

    static UsedKind? UsedKindOf(string kind) => kind switch
    {
        DocumentKinds.Property => UsedKind.Property,
        DocumentKinds.List => UsedKind.List,
        DocumentKinds.Topic => UsedKind.Topic,
        DocumentKinds.Content => UsedKind.Content,
        DocumentKinds.Pool => UsedKind.Pool,
        DocumentKinds.Action => UsedKind.Action,
        DocumentKinds.Team => UsedKind.Team,
        _ => null,
    };

    static CatalogueAnswer.Refused Used(string kind, string name, IReadOnlyList<CatalogueUser> users)
    {
        var named = string.Join(", ", users.Select(user => $"{user.Kind} {user.Id}"));
        // By kind and by what people call them, too: for whoever tells it in another language.
        var arguments = users.GroupBy(user => user.Kind).ToDictionary(group => group.Key + "s", group => string.Join(", ", group.Select(user => user.Name)));
        return Refuse("catalogue.used", $"The {kind} '{name}' is used by {named}; change or end these first.", new Dictionary<string, string>(arguments) { ["users"] = named });
    }
}
