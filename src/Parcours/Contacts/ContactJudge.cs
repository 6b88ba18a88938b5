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
            await UnkeptMemory.GatherAsync(_engine, contact, _missing, now, cancellationToken);
        return _condition.Holds(new(contact, now, Zone: _engine.Current.Zone));
    }

    public async ValueTask<Explanation> ExplainAsync(Contact contact, Instant now, CancellationToken cancellationToken)
    {
        if (IsSlow)
            await UnkeptMemory.GatherAsync(_engine, contact, _missing, now, cancellationToken);
        return _condition.Explain(new(contact, now, Zone: _engine.Current.Zone));
    }

    /// <summary>Without missing memory nothing is read, so a whole page is asked at once.</summary>
    public bool Holds(Contact contact, Instant now) => _condition.Holds(new(contact, now, Zone: _engine.Current.Zone));
}
