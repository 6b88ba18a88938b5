using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json.Serialization;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Texts;

namespace Parcours.Journeys.Points;

/// <summary>Tells users something of the contact, in their notifications, and goes on at once (Semantics 3.7).</summary>
[Description("Tells users something of the contact, in their notifications, and goes on at once.")]
public sealed record NotifyPoint : StraightPoint
{
    /// <summary>The longest text, as written and as filled.</summary>
    public const int TextLengthMax = 1_000;

    [Description("What they are told; the contact's name stands beside it. Fields stand in double braces: {{event.total}}.")]
    public required string Text { get; init; }

    [Description("The e-mail addresses of the users who are told; without it and toTeams, all.")]
    public IReadOnlyList<string>? To { get; init; }

    [Description("The names of the teams whose members are told.")]
    public IReadOnlyList<string>? ToTeams { get; init; }

    [Description("Whether the contact's owner is told: whose address its property owner holds. With it, to and toTeams name those beside the owner; who has no owner concerns all, where they name nobody.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ToOwner { get; init; }

    public override string Explain() =>
        string.Join(", ", [.. ToOwner ? ["the owner"] : Array.Empty<string>(), .. To ?? [], .. (ToTeams ?? []).Select(team => $"team {team}")]) is { Length: > 0 } readers ? $"notifies {readers}" : "notifies everybody";

    protected internal override void Check(CheckContext check)
    {
        if (ToOwner)
            check.Uses(UsedKind.Property, AssignOwnerPoint.Property);
        if (string.IsNullOrWhiteSpace(Text))
            check.Error(ProblemCodes.NameEmpty, "text", "Say what they are told.");
        check.Length(Text, TextLengthMax, "text");
        check.Fields(Text, "text");
        var to = (To ?? []).Select((user, index) => (user, $"to/{index}")).ToList();
        foreach (var (user, field) in to)
            check.User(user, field);
        check.Unique(to);
        var teams = (ToTeams ?? []).Select((team, index) => (team, $"toTeams/{index}")).ToList();
        foreach (var (team, field) in teams)
            check.Team(team, field);
        check.Unique(teams);
    }

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan(FieldText.Parse(Text), [.. To ?? []], [.. ToTeams ?? []], ToOwner) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    sealed class Plan(FieldText text, ImmutableArray<string> to, ImmutableArray<string> teams, bool toOwner) : PlanPoint
    {
        public override Move Enter(StepContext context)
        {
            var (enrolment, readers) = (context.Enrolment, Readers(context));
            // Nobody named would be everybody: a team without members is nobody.
            if (readers.IsEmpty && !teams.IsEmpty)
                return Move.Follow(0);
            context.Do(new Effect.Notify(new(
                NotificationId.Of(enrolment.Id, Id, context.Visit), enrolment.Id, enrolment.Journey, Id, Lines.Cut(text.Fill(context.Fields).Trim(), TextLengthMax), readers, context.Now)));
            return Move.Follow(0);
        }

        ImmutableArray<string> Readers(StepContext context)
        {
            var owner = toOwner ? AssignOwnerPoint.OwnerOf(context.Contact) : null;
            return owner is null && teams.IsEmpty ? to : [.. to.Concat(owner is null ? [] : [owner]).Concat(teams.SelectMany(team => context.MembersOf(team))).Distinct(StringComparer.OrdinalIgnoreCase)];
        }
    }
}
