using System.Collections.Frozen;
using System.Security.Claims;
using System.Text.Json;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Hooks;
using Parcours.Http;
using Parcours.Journeys.Definitions;
using Parcours.Security;

namespace Parcours.Api;

/// <summary>Who uses something: journeys with what is live of them and with their drafts, segments, and what the installation sets.</summary>
static class UsesApi
{
    const int DocumentsMax = 1_000;

    static readonly FrozenDictionary<string, UsedKind> Kinds = Enum.GetValues<UsedKind>().ToFrozenDictionary(kind => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()), StringComparer.Ordinal);
    static readonly string Said = $"kind is {string.Join(", ", Kinds.OrderBy(pair => pair.Value).Select(pair => pair.Key))}.";

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("uses", ListAsync).WithName("uses").WithTags("System").WithSummary($"Where something is named: {Said}").Produces<IReadOnlyList<UseView>>().Fails(400);

    static async Task<IReadOnlyList<UseView>> ListAsync(ClaimsPrincipal user, IEngine engine, JourneyShelf shelf, Approvals approvals, CancellationToken cancellationToken, string kind = "", string name = "")
    {
        if (!Kinds.TryGetValue(kind, out var used))
            throw new BadInputException(Problems.Invalid("uses.kind", "kind", Said));
        var uses = new List<UseView>();
        var live = (await LiveJourneysAsync(engine, used, name, cancellationToken)).Select(journey => journey.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var journey in await shelf.AllAsync(cancellationToken))
            // Of one that uses itself it is of no interest.
            if (!(used == UsedKind.Journey && journey.Id.Value == name) && live.Contains(journey.Id.Value) is var isLive && (isLive || Has(shelf.UsesOf(journey))))
                uses.Add(new("journey", journey.Id.Value, journey.Name, isLive));
        foreach (var segment in await engine.Catalogue.SegmentsAsync(null, DocumentsMax, cancellationToken))
            if (Has(JourneyUses.Of(Journeys.Conditions.Condition.FromJson(System.Text.Encoding.UTF8.GetString(segment.Condition.Span)))))
                uses.Add(new("segment", segment.Name, segment.Name, true));
        if (used == UsedKind.Topic)
            uses.AddRange(engine.Current.Caps.Where(cap => cap.Topic == name).Select(cap => new UseView("cap", cap.Name, cap.Name, true)));
        if (used == UsedKind.Team && (await approvals.SettingAsync(cancellationToken)).Teams.Contains(name))
            uses.Add(new("approval", "settings", "approval", true));
        if (used == UsedKind.Secret)
        {
            uses.AddRange(engine.Current.Actions.Values.Where(action => action.Names(name)).OrderBy(action => action.Name, StringComparer.Ordinal).Select(action => new UseView("action", action.Name, action.Title, true)));
            // Which there are only administrators see.
            if (Access.Has(user, KeyScope.Admin))
                uses.AddRange(await HooksAsync(engine.Queries, name, cancellationToken));
        }

        return uses;

        bool Has(IReadOnlyList<Use> named) => named.Any(use => use.Is(used, name));
    }

    /// <summary>Journeys that name it in a version that somebody may be in or come into.</summary>
    public static async ValueTask<IReadOnlyList<UseView>> LiveJourneysAsync(IEngine engine, UsedKind kind, string name, CancellationToken cancellationToken)
    {
        var users = new List<UseView>();
        foreach (var journey in engine.Current.Journeys)
            if (await JourneysInUse.NamingAsync(journey, kind, name, engine.Queries, cancellationToken) is { } plan)
                users.Add(new("journey", journey.Id.Value, plan.Definition.Name, true));
        return users;
    }

    /// <summary>Incoming webhooks whose senders prove themselves by this secret.</summary>
    public static async Task<IReadOnlyList<UseView>> HooksAsync(IStoreQueries queries, string secret, CancellationToken cancellationToken) =>
        [.. (await queries.DocumentsAsync(HookShelf.Kind, null, null, DocumentsMax, cancellationToken)).Select(document => (document.Id, Hook: HookShelf.Read(document))).Where(hook => hook.Hook.Signature?.Secret == secret)
            .Select(hook => new UseView("hook", hook.Id, hook.Hook.Title ?? hook.Id, true))];

    /// <summary>Why something cannot go: what is live uses it.</summary>
    public static ProblemReason Reason(string code, string what, IReadOnlyList<UseView> users)
    {
        var named = string.Join(", ", users.Select(user => $"{user.Kind} {user.Id}"));
        // By kind and by what people call them, too: for whoever tells it in another language.
        var arguments = users.GroupBy(user => user.Kind + "s").ToDictionary(group => group.Key, group => string.Join(", ", group.Select(user => user.Name)));
        return new(code, "", $"The {what} is used by {named}; change or end these first.") { Arguments = new Dictionary<string, string>(arguments) { ["users"] = named } };
    }
}

/// <param name="Kind">journey, segment; of a topic also cap; of a secret also action and hook; of a team also approval.</param>
/// <param name="Live">What is live names it: as long as it does, it cannot be deleted. Else a draft alone does.</param>
sealed record UseView(string Kind, string Id, string Name, bool Live)
{
    public static UseView Of(CatalogueUser user) => new(user.Kind, user.Id, user.Name, true);
}
