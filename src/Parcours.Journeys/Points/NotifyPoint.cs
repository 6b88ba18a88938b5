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

    [Description("The e-mail addresses of the users who are told; without it, all.")]
    public IReadOnlyList<string>? To { get; init; }

    [Description("Whether the contact's owner is told: whose address its property owner holds. With it, to names those beside the owner; who has no owner concerns all, where to names nobody.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ToOwner { get; init; }

    public override string Explain() => ToOwner ? $"notifies {string.Join(", ", ["the owner", .. To ?? []])}" : To is { Count: > 0 } ? $"notifies {string.Join(", ", To)}" : "notifies everybody";

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
    }

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan(FieldText.Parse(Text), [.. To ?? []], ToOwner) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    sealed class Plan(FieldText text, ImmutableArray<string> to, bool toOwner) : PlanPoint
    {
        public override Move Enter(StepContext context)
        {
            var enrolment = context.Enrolment;
            context.Do(new Effect.Notify(new(
                NotificationId.Of(enrolment.Id, Id, context.Visit), enrolment.Id, enrolment.Journey, Id, Lines.Cut(text.Fill(context.Fields).Trim(), TextLengthMax), Readers(context), context.Now)));
            return Move.Follow(0);
        }

        ImmutableArray<string> Readers(StepContext context) => toOwner && AssignOwnerPoint.OwnerOf(context.Contact) is { } owner && !to.Contains(owner) ? to.Add(owner) : to;
    }
}
