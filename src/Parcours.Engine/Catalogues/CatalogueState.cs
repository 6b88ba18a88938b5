using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Schedules;

namespace Parcours.Engine.Catalogues;

/// <summary>Everything defined, in memory: read from the documents at start, changed by the catalogue's commands on the worker's thread.</summary>
/// <remarks>Readers on other threads see it through <see cref="EngineState"/> and <see cref="IReferences"/> snapshots only.</remarks>
sealed class CatalogueState(DateTimeZone zone)
{
    public Dictionary<string, (JourneyRecord Record, Document Document)> Journeys { get; } = new(StringComparer.Ordinal);
    public Dictionary<(string Journey, int Version), JourneyPlan> Plans { get; } = [];
    public Dictionary<string, (SegmentRecord Record, Document Document)> Segments { get; } = new(StringComparer.Ordinal);
    /// <summary>What of journeys' schedules, and of those who take current ones too, has come.</summary>
    public Dictionary<string, ScheduleRecord> Scheduled { get; } = new(StringComparer.Ordinal);
    /// <summary>What was decided of journeys' experiments.</summary>
    public Dictionary<string, WinnersRecord> Winners { get; } = new(StringComparer.Ordinal);
    /// <summary>What was set of journeys while they run.</summary>
    public Dictionary<string, DialsRecord> Dials { get; } = new(StringComparer.Ordinal);
    /// <summary>Up to when journeys' experiments were looked at.</summary>
    public Dictionary<string, Instant> Judged { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, PropertyDefinition> Properties { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, Topic> Topics { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, FrequencyCap> Caps { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, QuietRule> Quiet { get; } = new(StringComparer.Ordinal);
    /// <summary>The installation's own calendars, by country.</summary>
    public Dictionary<string, HolidayCalendar> Holidays { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, CouponPool> Pools { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, CustomAction> Actions { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, Team> Teams { get; } = new(StringComparer.Ordinal);
    public HashSet<string> Lists { get; } = new(StringComparer.Ordinal);
    public HashSet<string> Contents { get; } = new(StringComparer.Ordinal);
    /// <summary>The addresses of those who sign in, as of the check that asked last.</summary>
    public IReadOnlySet<string>? Users { get; set; }
    /// <summary>The names of stored secrets, likewise.</summary>
    public IReadOnlySet<string>? Secrets { get; set; }
    public Dictionary<AggregateId, int> Generations { get; } = [];
    public long Revision { get; set; }
    /// <summary>Whether messages are handed over; null: nobody has ever said anything of it, so they are.</summary>
    public SendingRecord? Sending { get; set; }
    /// <summary>The version of the time-zone database in force; null: none was recorded yet.</summary>
    public string? Zones { get; set; }

    public async ValueTask LoadAsync(IStoreQueries queries, CancellationToken cancellationToken)
    {
        Journeys.Clear(); Plans.Clear(); Segments.Clear(); Properties.Clear(); Topics.Clear(); Caps.Clear(); Quiet.Clear(); Holidays.Clear(); Pools.Clear(); Actions.Clear(); Teams.Clear(); Lists.Clear(); Contents.Clear(); Generations.Clear(); Scheduled.Clear(); Winners.Clear(); Dials.Clear(); Judged.Clear();
        (Revision, Zones, Sending) = (0, null, null);
        if (await queries.DocumentAsync(DocumentKinds.Catalogue, "state", cancellationToken) is { } state)
        {
            var record = JsonSerializer.Deserialize(state.Json.Span, CatalogueJson.Default.CatalogueRecord)!;
            Revision = record.Revision;
            Zones = record.Zones;
            foreach (var (id, generation) in record.Generations)
                Generations[new(ulong.Parse(id, NumberStyles.HexNumber, CultureInfo.InvariantCulture))] = generation;
        }

        await foreach (var document in AllAsync(queries, DocumentKinds.Property, cancellationToken))
            Put(document);
        await foreach (var document in AllAsync(queries, DocumentKinds.JourneySchedule, cancellationToken))
            Put(document);
        await foreach (var document in AllAsync(queries, DocumentKinds.JourneyWinners, cancellationToken))
            Put(document);
        await foreach (var document in AllAsync(queries, DocumentKinds.JourneyDials, cancellationToken))
            Put(document);
        await foreach (var document in AllAsync(queries, DocumentKinds.JourneyJudged, cancellationToken))
            Put(document);
        await foreach (var document in AllAsync(queries, DocumentKinds.Topic, cancellationToken))
            Put(document);
        foreach (var kind in (string[])[DocumentKinds.Cap, DocumentKinds.Quiet, DocumentKinds.Holidays, DocumentKinds.Pool, DocumentKinds.Action, DocumentKinds.Team, DocumentKinds.Sending])
            await foreach (var document in AllAsync(queries, kind, cancellationToken))
                Put(document);
        await foreach (var document in AllAsync(queries, DocumentKinds.List, cancellationToken))
            Put(document);
        await foreach (var document in AllAsync(queries, DocumentKinds.Content, cancellationToken))
            Put(document);
        await foreach (var document in AllAsync(queries, DocumentKinds.Segment, cancellationToken))
            Put(document);
        await foreach (var document in AllAsync(queries, DocumentKinds.Journey, cancellationToken))
            Put(document);
        await foreach (var document in AllAsync(queries, DocumentKinds.JourneyVersion, cancellationToken))
            PutVersion(document);
    }

    public static async IAsyncEnumerable<Document> AllAsync(IStoreQueries queries, string kind, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        while (true)
        {
            var page = await queries.DocumentsAsync(kind, null, after, 500, cancellationToken);
            foreach (var document in page)
                yield return document;
            if (page.Count < 500)
                yield break;
            after = page[^1].Id;
        }
    }

    /// <summary>Takes in a document as it now is.</summary>
    public void Put(Document document)
    {
        switch (document.Kind)
        {
            case DocumentKinds.Journey:
                Journeys[document.Id] = (JsonSerializer.Deserialize(document.Json.Span, CatalogueJson.Default.JourneyRecord)!, document);
                break;
            case DocumentKinds.Segment:
                Segments[document.Id] = (JsonSerializer.Deserialize(document.Json.Span, CatalogueJson.Default.SegmentRecord)!, document);
                break;
            case DocumentKinds.Property:
                // One that cannot be read may have been declared sensitive: until somebody mends it, it counts as that.
                Properties[document.Id] = CatalogueCheck.Property(document.Id, document.Json, []) ?? new(document.Id, PropertyType.Any, [], false, false) { Sensitive = true };
                break;
            case DocumentKinds.Topic:
                Topics[document.Id] = CatalogueCheck.Topic(document.Id, document.Json, []) ?? new(document.Id, UnknownConsent.NeedsGiven);
                break;
            case DocumentKinds.JourneySchedule:
                Scheduled[document.Id] = JsonSerializer.Deserialize(document.Json.Span, CatalogueJson.Default.ScheduleRecord)!;
                break;
            case DocumentKinds.JourneyJudged:
                Judged[document.Id] = Microseconds.ToInstant(JsonSerializer.Deserialize(document.Json.Span, CatalogueJson.Default.ScheduleRecord)!.UpTo);
                break;
            case DocumentKinds.JourneyWinners:
                Winners[document.Id] = JsonSerializer.Deserialize(document.Json.Span, CatalogueJson.Default.WinnersRecord)!;
                break;
            case DocumentKinds.JourneyDials:
                Dials[document.Id] = JsonSerializer.Deserialize(document.Json.Span, CatalogueJson.Default.DialsRecord)!;
                break;
            case DocumentKinds.Cap when CatalogueCheck.Cap(document.Id, document.Json, []) is { } cap: Caps[document.Id] = cap; break;
            case DocumentKinds.Quiet when QuietCheck.Rule(document.Id, document.Json, []) is { } rule: Quiet[document.Id] = rule; break;
            case DocumentKinds.Holidays when QuietCheck.Calendar(document.Id, document.Json, []) is { } calendar: Holidays[document.Id] = calendar; break;
            case DocumentKinds.Pool when PoolCheck.Read(document.Id, document.Json, []) is { } pool: Pools[document.Id] = pool; break;
            // What has been saved was checked; a secret that is missing since then is told where it is sent.
            case DocumentKinds.Action when CatalogueCheck.Action(document.Id, document.Json, AnyReferences.Instance, []) is { } action: Actions[document.Id] = action; break;
            // Likewise: whoever has left since then is nobody's turn.
            case DocumentKinds.Team when TeamCheck.Team(document.Id, document.Json, null, []) is { } team: Teams[document.Id] = team; break;
            case DocumentKinds.Sending: Sending = SendingRecord.Read(document.Json.Span); break;
            case DocumentKinds.List: Lists.Add(document.Id); break;
            case DocumentKinds.Content: Contents.Add(document.Id); break;
        }
    }

    public void PutVersion(Document document)
    {
        var record = JsonSerializer.Deserialize(document.Json.Span, CatalogueJson.Default.JourneyVersionRecord)!;
        var journey = document.Id[..document.Id.LastIndexOf('/')];
        // Plans of journeys that are over are needed by nobody.
        if (Journeys.TryGetValue(journey, out var held) && held.Record.Status is JourneyStatus.Live or JourneyStatus.Paused or JourneyStatus.Filling or JourneyStatus.Ended)
            Plans[(journey, record.Version)] = Known(document, () => Compile(record.Definition, record.Version, record.Semantics, record.People ?? [], Microseconds.ToInstant(record.PublishedAt), record.Contents));
    }

    /// <summary>The program that published it could read it: what this one cannot is of a newer one, and is neither skipped nor guessed (Semantics 13.4).</summary>
    static JourneyPlan Known(Document document, Func<JourneyPlan> read)
    {
        try
        {
            return read();
        }
        catch (JsonException unknown)
        {
            throw new UnknownFormException($"{document.Kind} {document.Id}: {unknown.Message}", unknown);
        }
    }

    public JourneyPlan Compile(JsonElement definition, int version, int semantics, IReadOnlyList<PeopleRule> people, Instant publishedAt, IReadOnlyDictionary<string, int>? pinnedContents) =>
        JourneyCompiler.Compile(JourneyJson.Read(JsonSerializer.SerializeToUtf8Bytes(definition)), version, zone, semantics, [.. people], publishedAt, pinnedContents);

    public void Remove(string kind, string id)
    {
        switch (kind)
        {
            case DocumentKinds.Journey: Journeys.Remove(id); break;
            case DocumentKinds.JourneySchedule: Scheduled.Remove(id); break;
            case DocumentKinds.JourneyWinners: Winners.Remove(id); break;
            case DocumentKinds.JourneyDials: Dials.Remove(id); break;
            case DocumentKinds.Segment: Segments.Remove(id); break;
            case DocumentKinds.Property: Properties.Remove(id); break;
            case DocumentKinds.Topic: Topics.Remove(id); break;
            case DocumentKinds.Cap: Caps.Remove(id); break;
            case DocumentKinds.Quiet: Quiet.Remove(id); break;
            case DocumentKinds.Holidays: Holidays.Remove(id); break;
            case DocumentKinds.Pool: Pools.Remove(id); break;
            case DocumentKinds.Action: Actions.Remove(id); break;
            case DocumentKinds.Team: Teams.Remove(id); break;
            case DocumentKinds.Sending: Sending = null; break;
            case DocumentKinds.List: Lists.Remove(id); break;
            case DocumentKinds.Content: Contents.Remove(id); break;
        }
    }

    /// <summary>Aggregates that are complete: needed by something that is live, not by a fill under way.</summary>
    public HashSet<AggregateId> Complete()
    {
        var complete = new HashSet<AggregateId>();
        foreach (var (record, _) in Segments.Values)
            if (record.Stage == 0 || record.Version > 1 || record.Stage == 2)
                complete.UnionWith(Condition(record.Stage == 2 && record.Next is { } next ? next : record.Condition).Aggregates.Select(aggregate => aggregate.Id));
        foreach (var (id, (record, _)) in Journeys)
            if (record.Live > 0 && record.Status is JourneyStatus.Live or JourneyStatus.Paused)
                for (var version = 1; version <= record.Live; version++)
                    if (Plans.TryGetValue((id, version), out var plan))
                        complete.UnionWith(plan.Aggregates.Select(aggregate => aggregate.Id));
        return complete;
    }

    /// <summary>Aggregates that nothing live needs yet, and whose memory is kept because it is being gathered (Semantics 7.7).</summary>
    IEnumerable<AggregateDefinition> Gathering()
    {
        foreach (var (record, _) in Segments.Values)
            if (record.Stage == 1)
                foreach (var aggregate in Condition(record.Next ?? record.Condition).Aggregates)
                    yield return aggregate;
        foreach (var (id, (record, _)) in Journeys)
            if (record.Pending > 0 && Plans.TryGetValue((id, record.Pending), out var plan))
                foreach (var aggregate in plan.Aggregates)
                    yield return aggregate;
    }

    static readonly System.Collections.Concurrent.ConcurrentDictionary<string, CompiledCondition> Compiled = new(StringComparer.Ordinal);

    /// <summary>A condition ready to be asked; equal texts are compiled once, since every change rebuilds the snapshot.</summary>
    public static CompiledCondition Condition(JsonElement json)
    {
        if (Compiled.Count > 10_000)
            Compiled.Clear();
        return Compiled.GetOrAdd(json.GetRawText(), text => ConditionCompiler.Compile(Parcours.Journeys.Conditions.Condition.FromJson(text)));
    }

    /// <summary>The snapshot that bursts run under from now on.</summary>
    public EngineState.Snapshot Build(Instant now)
    {
        var builder = new CatalogueBuilder { Revision = Revision, Zone = zone, Existing = [.. Journeys.Keys.Select(id => new JourneyId(id))] };
        foreach (var (record, _) in Segments.Values)
            if (record.Stage == 2)
                builder.AddSegment(record.Name, record.Version, Condition(record.Next ?? record.Condition), filling: true);
            else if (record.Stage == 0 || record.Version > 1)
                builder.AddSegment(record.Name, record.Version, Condition(record.Condition));
        foreach (var topic in Topics.Values)
            builder.Add(topic);
        foreach (var cap in Caps.Values)
            builder.Add(cap);
        foreach (var rule in Quiet.Values)
            builder.Add(rule);
        foreach (var calendar in Holidays.Values)
            builder.Add(calendar);
        foreach (var pool in Pools.Values)
            builder.Add(pool);
        foreach (var action in Actions.Values)
            builder.Add(action);
        foreach (var team in Teams.Values)
            builder.Add(team);
        foreach (var (id, (record, _)) in Journeys)
            if (Live(id, record) is { } live)
                builder.Add(live);
        foreach (var aggregate in Gathering())
            builder.Keep(aggregate);
        var catalogue = builder.Build(now);
        foreach (var aggregate in catalogue.Aggregates)
            if (!Generations.ContainsKey(aggregate.Id))
                Generations[aggregate.Id] = (int)Math.Max(1, Revision);
        var keeps = catalogue.Aggregates.Select(aggregate => aggregate.Id).ToHashSet();
        foreach (var dropped in Generations.Keys.Where(id => !keeps.Contains(id)).ToList())
            Generations.Remove(dropped);
        var kept = new KeptAggregates(catalogue.Aggregates.Select(aggregate => (aggregate, Generations[aggregate.Id])));
        var names = Journeys.ToImmutableDictionary(pair => pair.Key, pair => NameOf(pair.Value.Record));
        return new(catalogue, kept, new(Properties.Values), names) { SendingHeld = Sending is { Held: true } };
    }

    public CatalogueRecord Record() => new(Revision, Generations.ToDictionary(pair => pair.Key.Value.ToString("x16", CultureInfo.InvariantCulture), pair => pair.Value), Zones);

    LiveJourney? Live(string id, JourneyRecord record)
    {
        if (record.Live == 0 || record.Status is not (JourneyStatus.Live or JourneyStatus.Paused or JourneyStatus.Ended))
            return null;
        var versions = ImmutableDictionary.CreateBuilder<int, JourneyPlan>();
        for (var version = 1; version <= record.Live; version++)
            if (Plans.TryGetValue((id, version), out var plan))
                versions.Add(version, plan);
        return versions.TryGetValue(record.Live, out var newest)
            ? new(new(id), newest.Definition.Settings?.Priority ?? 0, record.Status, record.Live, versions.ToImmutable(), WithSet(DialsOf(record), ChangesOf(id, versions))) { ScheduledUpTo = ScheduledUpTo(id, record), CurrentTaken = [.. CurrentTaken(id, versions).Keys], Winners = WinnersOf(id, versions), JudgedUpTo = Judged.GetValueOrDefault(id) }
            : null;
    }

    // Those of a deleted journey are none of one that has its id now.
    ImmutableArray<ExperimentWinner> WinnersOf(string id, ImmutableDictionary<int, JourneyPlan>.Builder versions) =>
        Winners.TryGetValue(id, out var record) && versions.TryGetValue(1, out var first)
            ? [.. record.Winners.Select(Winner).Where(winner => winner.At >= first.PublishedAt)]
            : [];

    /// <summary>What was set of it, oldest first.</summary>
    public IReadOnlyList<DialRecord> ChangesOf(string id, IReadOnlyDictionary<int, JourneyPlan> versions) =>
        Dials.TryGetValue(id, out var record) && versions.TryGetValue(1, out var first) ? [.. record.Changes.Where(change => Microseconds.ToInstant(change.At) >= first.PublishedAt)] : [];

    /// <summary>The last that was said of each counts.</summary>
    static JourneyDials WithSet(JourneyDials dials, IReadOnlyList<DialRecord> changes)
    {
        foreach (var change in changes)
            dials = change is { Point: { } point, Paths: { } paths }
                ? dials with { Shares = dials.Shares.SetItem(point, new(change.Of, [.. paths], Microseconds.ToInstant(change.At), change.By)) }
                : dials with { Rate = new(change.OfRate?.ToRate(), change.Rate?.ToRate(), Microseconds.ToInstant(change.At), change.By) };
        return dials;
    }

    static ExperimentWinner Winner(WinnerRecord record) => new(record.Point, record.Trial, record.Path, Microseconds.ToInstant(record.At), record.By);

    /// <summary>A schedule counts from when its version went live (Semantics 6.10).</summary>
    Instant ScheduledUpTo(string id, JourneyRecord record)
    {
        var live = record.PublishedAt is { } published ? Microseconds.ToInstant(published) : Instant.FromUnixTimeTicks(0);
        return Scheduled.TryGetValue(id, out var come) && Microseconds.ToInstant(come.UpTo) is var upTo && upTo > live ? upTo : live;
    }

    /// <summary>Of a journey, whose current ones were taken in, and when: microseconds.</summary>
    public IReadOnlyDictionary<string, long> CurrentTaken(string id, IReadOnlyDictionary<int, JourneyPlan> versions) =>
        Scheduled.TryGetValue(id, out var come) && come.Current is { } taken && versions.TryGetValue(1, out var first)
            ? taken.Where(pair => Microseconds.ToInstant(pair.Value) >= first.PublishedAt).ToImmutableDictionary()
            : ImmutableDictionary<string, long>.Empty;

    public static JourneyDials DialsOf(JourneyRecord record) => new(
        record.PausedAt is { } paused ? Microseconds.ToInstant(paused) : null, record.RunOn, Duration.FromTicks(record.FrozenMicroseconds * 10))
    {
        PausesAt = record.PausesAt is { } pauses ? Microseconds.ToInstant(pauses) : null,
        ResumesAt = record.ResumesAt is { } resumes ? Microseconds.ToInstant(resumes) : null,
        HeldPoints = [.. record.HeldPoints ?? []],
    };

    public static string NameOf(JourneyRecord record) =>
        record.Definition.ValueKind == JsonValueKind.Object && record.Definition.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : "";

    /// <summary>What a check may know, as of now.</summary>
    public IReferences References() => new Snapshot(this);

    sealed class Snapshot(CatalogueState state) : IReferences
    {
        readonly HashSet<string> _contents = [.. state.Contents];
        readonly Dictionary<string, ReferenceState> _segments = state.Segments.ToDictionary(pair => pair.Key, pair => pair.Value.Record is { Stage: 0 } or { Version: > 1 } ? ReferenceState.Live : ReferenceState.NotLive);
        readonly Dictionary<string, ReferenceState> _journeys = state.Journeys.ToDictionary(pair => pair.Key, pair => pair.Value.Record.Status is JourneyStatus.Live or JourneyStatus.Paused or JourneyStatus.Filling ? ReferenceState.Live : ReferenceState.NotLive);
        readonly ILookup<string, string> _stages = state.Journeys.Where(pair => pair.Value.Record.Status is JourneyStatus.Live or JourneyStatus.Paused)
            .Select(pair => (pair.Key, state.Plans.GetValueOrDefault((pair.Key, pair.Value.Record.Live))?.Stages)).Where(pair => pair.Stages is not null).ToLookup(pair => pair.Stages!.Property, pair => pair.Key, StringComparer.Ordinal);
        // Of those alone that a check compares with.
        readonly Dictionary<string, JourneySettings?> _settings = state.Journeys.Where(pair => pair.Value.Record.Status is JourneyStatus.Live or JourneyStatus.Paused)
            .Select(pair => (pair.Key, Plan: state.Plans.GetValueOrDefault((pair.Key, pair.Value.Record.Live)))).Where(pair => pair.Plan?.Stages is not null).ToDictionary(pair => pair.Key, pair => pair.Plan!.Definition.Settings);
        readonly HashSet<string> _lists = [.. state.Lists];
        readonly HashSet<string> _pools = [.. state.Pools.Keys];
        readonly HashSet<string> _teams = [.. state.Teams.Keys];
        readonly Dictionary<string, Topic> _topics = new(state.Topics, StringComparer.Ordinal);
        readonly Dictionary<string, CustomAction> _actions = new(state.Actions, StringComparer.Ordinal);
        readonly Dictionary<string, PropertyType> _properties = state.Properties.ToDictionary(pair => pair.Key, pair => pair.Value.Type);

        public ReferenceState Content(string channel, string name) => _contents.Contains(name) ? ReferenceState.Live : ReferenceState.Missing;
        public ReferenceState Segment(string name) => _segments.GetValueOrDefault(name);
        public ReferenceState Journey(string id) => _journeys.GetValueOrDefault(id);
        public IReadOnlyList<string> JourneysByStage(string property) => [.. _stages[property]];
        public JourneySettings? SettingsOf(string journey) => _settings.GetValueOrDefault(journey);
        public bool Pool(string name) => _pools.Contains(name);
        public bool Team(string name) => _teams.Contains(name);
        public bool List(string name) => _lists.Contains(name);
        public bool User(string email) => state.Users?.Contains(email) != false;
        public bool Secret(string name) => state.Secrets?.Contains(name) != false;
        public CustomAction? Action(string name) => _actions.GetValueOrDefault(name);
        public Topic? Topic(string name) => _topics.GetValueOrDefault(name);

        public bool Property(string name) => _properties.ContainsKey(name);

        public ValueKind? PropertyType(string name) => _properties.TryGetValue(name, out var type)
            ? type switch
            {
                Intake.PropertyType.Text or Intake.PropertyType.Choice => ValueKind.Text,
                Intake.PropertyType.Number => ValueKind.Number,
                Intake.PropertyType.Boolean => ValueKind.Boolean,
                Intake.PropertyType.Date => ValueKind.Date,
                Intake.PropertyType.DateTime => ValueKind.DateTime,
                Intake.PropertyType.Choices => ValueKind.Texts,
                _ => null,
            }
            : null;
    }
}
