using System.Text.Json;
using NodaTime;
using Parcours.Api;
using Parcours.Engine;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Http;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;

namespace Parcours.Contacts;

/// <summary>Asks a condition that nobody has saved of contacts as they are.</summary>
/// <remarks>
/// What the condition needs to know of past events and contacts do not keep is gathered from the contact's own events, one contact at a time: exact, but slower than for a segment, which keeps it.
/// </remarks>
sealed class ContactJudge
{
    const int EventsMax = 10_000, PageLength = 500;

    readonly IEngine _engine;
    readonly CompiledCondition _condition;
    readonly IReadOnlyList<AggregateDefinition> _missing;

    ContactJudge(IEngine engine, CompiledCondition condition, IReadOnlyList<AggregateDefinition> missing, string text) => (_engine, _condition, _missing, Text) = (engine, condition, missing, text);

    /// <summary>The condition in the form in which equal ones are equal.</summary>
    public string Text { get; }

    /// <summary>Whether each contact costs a look into its events.</summary>
    public bool IsSlow => _missing.Count > 0;

    /// <exception cref="BadInputException">The condition has errors: every one is told, below <paramref name="path"/>.</exception>
    public static async Task<ContactJudge> OfAsync(IEngine engine, JsonElement condition, string path, CancellationToken cancellationToken)
    {
        var problems = await engine.Catalogue.CheckSegmentAsync(JsonSerializer.SerializeToUtf8Bytes(new { name = "condition", condition }), cancellationToken);
        var reasons = problems.Where(problem => problem.Severity == Severity.Error).Select(CatalogueAnswers.Reason)
            .Select(reason => reason with { Path = path + (reason.Path.StartsWith("/condition", StringComparison.Ordinal) ? reason.Path["/condition".Length..] : reason.Path) }).ToList();
        if (reasons.Count > 0)
            throw new BadInputException(Problems.Refused(reasons));
        var read = Condition.FromJson(condition.GetRawText());
        var compiled = ConditionCompiler.Compile(read);
        return new(engine, compiled, await engine.Catalogue.MissingMemoryAsync(compiled, cancellationToken), read.ToJson());
    }

    public async ValueTask<bool> HoldsAsync(Contact contact, Instant now, CancellationToken cancellationToken)
    {
        if (IsSlow)
            await GatherAsync(contact, now, cancellationToken);
        return _condition.Holds(new(contact, now, Zone: _engine.Current.Zone));
    }

    public async ValueTask<Explanation> ExplainAsync(Contact contact, Instant now, CancellationToken cancellationToken)
    {
        if (IsSlow)
            await GatherAsync(contact, now, cancellationToken);
        return _condition.Explain(new(contact, now, Zone: _engine.Current.Zone));
    }

    /// <summary>Without missing memory nothing is read, so a whole page is asked at once.</summary>
    public bool Holds(Contact contact, Instant now) => _condition.Holds(new(contact, now, Zone: _engine.Current.Zone));

    // The contact was decoded for us alone: what is gathered goes into it.
    async ValueTask GatherAsync(Contact contact, Instant now, CancellationToken cancellationToken)
    {
        foreach (var aggregate in _missing)
            contact.Memory.Remove(aggregate.Id);
        foreach (var id in contact.Absorbed.Prepend(contact.Id))
        {
            long? before = null;
            for (var looked = 0; looked < EventsMax;)
            {
                var page = await _engine.Queries.TimelineAsync(id, before, PageLength, cancellationToken);
                foreach (var item in page)
                    if (item.Event is { } stored)
                        Fold(contact, stored, now);
                if (page.Count < PageLength)
                    break;
                (looked, before) = (looked + page.Count, page[^1].Row.Sequence);
            }

            if (_missing.Any(aggregate => aggregate is LastMessagesAggregate))
                // The latest are enough, whatever else became of some of them: failed, skipped, of another channel.
                foreach (var message in await _engine.Queries.MessagesAsync(null, id, null, null, EventsMax / 10, cancellationToken))
                    if (message.Sent is { } sent)
                        Fold(contact, sent, now);
        }
    }

    void Fold(Contact contact, ContactEvent occurred, Instant now)
    {
        foreach (var aggregate in _missing)
            if (aggregate.Matches(occurred))
                contact.Memory[aggregate.Id] = aggregate.Add(contact.Memory.TryGetValue(aggregate.Id, out var kept) ? kept : null, occurred, now);
    }

    void Fold(Contact contact, StoredEvent stored, Instant now)
    {
        ContactEvent? occurred = null;
        foreach (var aggregate in _missing)
        {
            if (!aggregate.Events.Contains(stored.Name))
                continue;
            occurred ??= StoredEvents.Read(stored);
            if (aggregate.Matches(occurred))
                contact.Memory[aggregate.Id] = aggregate.Add(contact.Memory.TryGetValue(aggregate.Id, out var kept) ? kept : null, occurred, now);
        }
    }
}
