using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Points;

namespace Parcours.Engine.Catalogues;

/// <summary>Properties, topics, lists, frequency caps, actions, teams, quiet hours, holidays and content.</summary>
sealed partial class CatalogueService
{
    public Task<CatalogueAnswer> SaveAsync(string kind, string id, ReadOnlyMemory<byte> json, long? expectedRevision, CancellationToken cancellationToken) =>
        RunAsync(async (now, cancellation) =>
        {
            if (await WhileUpgradingAsync(cancellation) is { } upgrading)
                return upgrading;
            if (kind == DocumentKinds.Pool && !_state.Pools.ContainsKey(id) && await IsForgettingAsync(kind, id, cancellation))
                return Forgetting("pool", id);
            var problems = await JudgeAsync(kind, id, json, cancellation);
            return Errors(problems) is { Count: > 0 } errors
                ? new CatalogueAnswer.Refused(errors)
                : await ChangeAsync(kind, kind, id, KeptAs(kind, id, json), expectedRevision, now, null, null, Warnings(problems), cancellation);
        }, cancellationToken);

    public Task<IReadOnlyList<Problem>> CheckAsync(string kind, string id, ReadOnlyMemory<byte> json, CancellationToken cancellationToken) =>
        _commands.RunAsync<IReadOnlyList<Problem>>(async (_, cancellation) => await JudgeAsync(kind, id, json, cancellation), null, cancellationToken);

    /// <summary>Users and secrets are no part of the catalogue: which there are is asked at each check.</summary>
    async ValueTask<List<Problem>> JudgeAsync(string kind, string id, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        if (kind == DocumentKinds.Team)
            await ReadUsersAsync(cancellationToken);
        if (kind == DocumentKinds.Action)
            _state.Secrets = (await _store.Queries.DocumentsAsync(DocumentKinds.Secret, null, null, 1_000, cancellationToken)).Select(secret => secret.Id).ToHashSet(StringComparer.Ordinal);
        return Check(kind, id, json);
    }

    ReadOnlyMemory<byte> KeptAs(string kind, string id, ReadOnlyMemory<byte> json) => kind switch
    {
        DocumentKinds.Pool => Kept(id, json),
        DocumentKinds.Team => TeamCheck.Kept(id, json),
        _ => json,
    };

    List<Problem> Check(string kind, string id, ReadOnlyMemory<byte> json)
    {
        var problems = new List<Problem>();
        switch (kind)
        {
            case DocumentKinds.Property: CatalogueCheck.Property(id, json, problems); break;
            case DocumentKinds.Topic: CatalogueCheck.Topic(id, json, problems); break;
            case DocumentKinds.List: CatalogueCheck.List(id, json, problems); break;
            case DocumentKinds.Cap: CheckCap(id, json, problems); break;
            case DocumentKinds.Quiet: CheckQuiet(id, json, problems); break;
            case DocumentKinds.Holidays: QuietCheck.Calendar(id, json, problems); break;
            case DocumentKinds.Pool: CheckPool(id, json, problems); break;
            case DocumentKinds.Action: CheckAction(id, json, problems); break;
            case DocumentKinds.Team: CheckTeam(id, json, problems); break;
            case DocumentKinds.Content when _contentCheck is not null: problems.AddRange(_contentCheck.Check(id, json)); break;
            case DocumentKinds.Content: break;
            default: problems.Add(CatalogueCheck.Error("catalogue.kind", "", $"The catalogue keeps no '{kind}'.")); break;
        }

        return problems;
    }

    /// <summary>Each is looked at for each message: there are a few.</summary>
    const int CapsMax = 20;
    const int QuietMax = 50;

    void CheckCap(string id, ReadOnlyMemory<byte> json, List<Problem> problems)
    {
        if (CatalogueCheck.Cap(id, json, problems) is { } cap && cap.Topic != FrequencyCap.AllTopics && !_state.Topics.ContainsKey(cap.Topic))
            problems.Add(CatalogueCheck.Error("catalogue.cap-topic", "/topic", $"There is no topic '{cap.Topic}'; use * for all."));
        if (!_state.Caps.ContainsKey(id) && _state.Caps.Count >= CapsMax)
            problems.Add(CatalogueCheck.Error("catalogue.caps", "", $"There may be {CapsMax} frequency caps at most."));
    }

    void CheckQuiet(string id, ReadOnlyMemory<byte> json, List<Problem> problems)
    {
        QuietCheck.Rule(id, json, problems);
        if (!_state.Quiet.ContainsKey(id) && _state.Quiet.Count >= QuietMax)
            problems.Add(CatalogueCheck.Error("catalogue.quiet", "", $"There may be {QuietMax} quiet hours at most."));
    }

    const int TeamsMax = 500;

    void CheckTeam(string id, ReadOnlyMemory<byte> json, List<Problem> problems)
    {
        TeamCheck.Team(id, json, _state.Users, problems);
        if (!_state.Teams.ContainsKey(id) && _state.Teams.Count >= TeamsMax)
            problems.Add(CatalogueCheck.Error("catalogue.teams", "", $"There may be {TeamsMax} teams at most."));
    }

    const int ActionsMax = 200;

    /// <summary>Those inside go on by the new declaration: what would leave them without an input that it needs, or an output that they may ask for, is refused.</summary>
    void CheckAction(string id, ReadOnlyMemory<byte> json, List<Problem> problems)
    {
        var action = CatalogueCheck.Action(id, json, _references, problems);
        if (!_state.Actions.TryGetValue(id, out var before))
        {
            if (_state.Actions.Count >= ActionsMax)
                problems.Add(CatalogueCheck.Error("catalogue.actions", "", $"There may be {ActionsMax} actions at most."));
            return;
        }

        if (action is null)
            return;
        foreach (var (journey, point) in UsersOfAction(id))
        {
            void Refuse(string code, string name, string text) => problems.Add(CatalogueCheck.Error(code, "", text) with { Arguments = new Dictionary<string, string> { ["name"] = name, ["users"] = journey } });
            foreach (var output in before.Outputs.Where(output => action.Outputs.All(now => now.Name != output.Name)))
                Refuse("catalogue.action-output", output.Name, $"The output '{output.Name}' is used by journey {journey}, which may ask for it; keep it, or end the journey first.");
            foreach (var said in (point.Inputs?.Keys ?? []).Where(said => action.Inputs.All(input => input.Name != said)))
                Refuse("catalogue.action-input", said, $"The input '{said}' is said by journey {journey}; keep it, or end the journey first.");
            foreach (var input in action.Inputs)
                if (point.Inputs?.TryGetValue(input.Name, out var value) == true ? !CustomActionPoint.Fits(input, value) : input is { Required: true, Default: null })
                    Refuse("catalogue.action-needs", input.Name, $"Journey {journey} does not say the input '{input.Name}' as it would be needed; give it a default, keep its type, or change the journey first.");
        }
    }

    /// <summary>Points of all versions that somebody may be in.</summary>
    IEnumerable<(string Journey, CustomActionPoint Point)> UsersOfAction(string id) =>
        from used in PlansInUse()
        from point in used.Plan.Definition.Points.Values.OfType<CustomActionPoint>()
        where point.Action == id
        select (used.Journey, point);

    public Task<CatalogueAnswer> DeleteAsync(string kind, string id, long? expectedRevision, CancellationToken cancellationToken) =>
        RunAsync(async (now, cancellation) =>
        {
            if (kind is not (DocumentKinds.Property or DocumentKinds.Topic or DocumentKinds.List or DocumentKinds.Content or DocumentKinds.Cap or DocumentKinds.Quiet or DocumentKinds.Holidays or DocumentKinds.Pool or DocumentKinds.Action or DocumentKinds.Team))
                return Refuse("catalogue.kind", $"The catalogue keeps no '{kind}'.");
            var document = await _store.Queries.DocumentAsync(kind, id, cancellation);
            if (document is null)
                return new CatalogueAnswer.NotFound();
            if (IsStale(document, expectedRevision))
                return new CatalogueAnswer.Conflict(document);
            var users = UsedKindOf(kind) is { } used ? await UsersOfAsync(used, id, cancellation) : [];
            return users.Count > 0 ? Used(kind, id, users) : await DropAsync(kind, document, now, cancellation);
        }, cancellationToken);

    /// <summary>Properties seen for the first time are declared as "any", in the commit that brought them, so that pickers and the limit know them (Semantics 16.2).</summary>
    async ValueTask NamesSeenAsync(IStoreUnit unit, IReadOnlyCollection<string> names, Instant now, CancellationToken cancellationToken)
    {
        var written = new List<Document>();
        foreach (var name in names)
            if (!_state.Properties.ContainsKey(name) && await DeclareAsync(unit, name, now, cancellationToken) is { } document)
                written.Add(document);
        _worker.AfterCommit(() =>
        {
            foreach (var document in written)
                _state.Put(document);
            _engine.Replace(_engine.Current with { Registry = new(_state.Properties.Values) });
        });
    }
}
