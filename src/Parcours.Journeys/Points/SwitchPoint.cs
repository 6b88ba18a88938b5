using System.Collections.Immutable;
using System.ComponentModel;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>Branch by value: a path for some values of one property.</summary>
[Description("Branch by value: a path for some values of a contact property, or of a field of the event that started the enrolment.")]
public sealed record SwitchPoint : JourneyPoint
{
    [Description("The contact property that is looked at; or a field.")]
    public string? Property { get; init; }

    [Description("Instead of a property: the field of the event that started the enrolment, such as total or cart.currency.")]
    public string? Field { get; init; }

    [Description("One to twenty paths, each with its values.")]
    public required IReadOnlyList<SwitchPath> Paths { get; init; }

    [Description("Where to go with any other value, or none.")]
    public string? Otherwise { get; init; }

    public override IEnumerable<PointExit> Exits() =>
        [.. Paths.Select((path, index) => new PointExit(path.Name, path.Next, $"paths/{index}/next")), new(PathsCheck.Otherwise, Otherwise, "otherwise")];

    /// <summary>The place of the exit for a value: of several choices the first path that names one of them counts.</summary>
    public int ExitOf(Value value)
    {
        IReadOnlyList<Value> said = value.Kind == ValueKind.Texts ? [.. value.AsTexts.Select(Value.Of)] : [value];
        for (var path = 0; path < Paths.Count; path++)
            if (said.Any(Paths[path].Values.Contains))
                return path;
        return Paths.Count;
    }

    public override string Explain() => $"goes by the value of {Property ?? Field}";

    protected internal override void Check(CheckContext check)
    {
        if (Property is null == Field is null)
            check.Error(ProblemCodes.ValueSource, "property", "Say what is looked at: a property of the contact, or a field of the starting event.");
        else if (Property is { } property)
            check.Property(property, "property");
        else
            check.Named(Field!, "field");
        check.Paths(Paths.Select(path => path.Name), PathsCheck.Otherwise);
        for (var index = 0; index < Paths.Count; index++)
        {
            if (Paths[index].Values.Count == 0)
                check.Error(ProblemCodes.ValuesNone, $"paths/{index}/values", "Name at least one value.");
            for (var value = 0; value < Paths[index].Values.Count && Property is not null; value++)
                check.ValueFits(Property, Paths[index].Values[value], $"paths/{index}/values/{value}");
        }

        // A value in two paths would never reach the second.
        check.Unique(Paths.SelectMany((path, index) => path.Values.Select((value, place) => (value.ToString(), $"paths/{index}/values/{place}"))));
    }

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan(Property, Field, Paths.SelectMany((path, index) => path.Values.Select(value => (value, index))).ToImmutableDictionary(pair => pair.value, pair => pair.index), Paths.Count)
        {
            Id = compile.Id,
            Index = compile.Index,
            Edges = compile.Edges,
        };

    sealed class Plan(string? property, string? field, ImmutableDictionary<Value, int> paths, int otherwise) : PlanPoint
    {
        public override Move Enter(StepContext context)
        {
            var value = property is not null ? context.Contact.Property(property) : context.Enrolment.Data[field!];
            var path = value.Kind == ValueKind.Texts ? First(value.AsTexts) : paths.GetValueOrDefault(value, otherwise);
            context.Note(0, Edges[path].Name);
            return Move.Follow(path);
        }

        // Of several choices the first path that names one of them counts.
        int First(IReadOnlyList<string> choices)
        {
            var path = otherwise;
            foreach (var choice in choices)
                path = Math.Min(path, paths.GetValueOrDefault(Value.Of(choice), otherwise));
            return path;
        }
    }
}

/// <summary>One path of a branch by value.</summary>
public sealed record SwitchPath
{
    [Description("What the line on the map, counters and history call it; unique in its point, and not otherwise.")]
    public required string Name { get; init; }

    [Description("The values that go this way. Of a property with several choices one of them is enough.")]
    public required IReadOnlyList<Value> Values { get; init; }

    [Description("Where it leads.")]
    public string? Next { get; init; }
}
