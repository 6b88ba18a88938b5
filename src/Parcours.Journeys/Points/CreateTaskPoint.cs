using System.ComponentModel;
using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Texts;

namespace Parcours.Journeys.Points;

/// <summary>Makes a task about the contact, for a user or for whoever takes it, and goes on at once (Semantics 3.7).</summary>
[Description("Makes a task about the contact, for a user or for whoever takes it, and goes on at once.")]
public sealed record CreateTaskPoint : StraightPoint
{
    /// <summary>The longest note, as written and as filled.</summary>
    public const int NoteLengthMax = 5_000;

    [Description("What is to be done, in one line. Fields stand in double braces: {{contact.first_name}}.")]
    public required string Title { get; init; }

    [Description("More about it; fields as in the title. Without it, nothing.")]
    public string? Text { get; init; }

    [Description("toDo, call, email or appointment; toDo without it.")]
    public TaskKind? Task { get; init; }

    [Description("low, normal or high; normal without it.")]
    public TaskPriority? Priority { get; init; }

    [Description("When it is due, from the arrival here: ISO 8601. Without it, at any time.")]
    public Duration? DueAfter { get; init; }

    [Description("The e-mail address of the user who shall do it; without it, whoever takes it.")]
    public string? Assignee { get; init; }

    [Description("Whether the contact's owner shall do it: whose address its property owner holds. The assignee has it where there is no owner.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ToOwner { get; init; }

    public override string Explain() => $"makes the task {Title}";

    protected internal override void Check(CheckContext check)
    {
        if (ToOwner)
            check.Uses(UsedKind.Property, AssignOwnerPoint.Property);
        check.Named(Title, "title");
        check.Fields(Title, "title");
        if (Text is { } text)
        {
            check.Length(text, NoteLengthMax, "text");
            check.Fields(text, "text");
        }
        if (DueAfter is { } due)
            check.Wait(due, "dueAfter");
        if (Assignee is { } assignee)
            check.User(assignee, "assignee");
    }

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan(FieldText.Parse(Title), Text is { } text ? FieldText.Parse(text) : null, Task ?? TaskKind.ToDo, Priority ?? TaskPriority.Normal, DueAfter, Assignee, ToOwner) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    sealed class Plan(FieldText title, FieldText? text, TaskKind kind, TaskPriority priority, Duration? dueAfter, string? assignee, bool toOwner) : PlanPoint
    {
        public override Move Enter(StepContext context)
        {
            var (enrolment, now, fields) = (context.Enrolment, context.Now, context.Fields);
            context.Do(new Effect.Task(new(
                TaskId.Of(enrolment.Id, Id, context.Visit), enrolment.Id, enrolment.Journey, Id,
                Lines.One(title.Fill(fields)), text is null ? null : Lines.Cut(text.Fill(fields), NoteLengthMax), kind, priority, now + dueAfter, (toOwner ? AssignOwnerPoint.OwnerOf(context.Contact) : null) ?? assignee, now)));
            return Move.Follow(0);
        }
    }
}
