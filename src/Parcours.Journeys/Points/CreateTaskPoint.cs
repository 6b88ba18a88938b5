using System.ComponentModel;
using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Texts;

namespace Parcours.Journeys.Points;

/// <summary>Makes a task about the contact, for a user, a team or whoever takes it, and goes on at once (Semantics 3.7).</summary>
[Description("Makes a task about the contact, for a user, a team or whoever takes it, and goes on at once.")]
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

    [Description("The name of the team whose task it is: whoever of it takes it, where nobody is named.")]
    public string? Team { get; init; }

    [Description("Whether the members of the team have its tasks in turn, where nobody is named.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool InTurn { get; init; }

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
        if (Team is { } team)
            check.Team(team, "team");
        else if (InTurn)
            check.Error(ProblemCodes.TaskInTurn, "inTurn", "Name the team whose members have the tasks in turn.");
    }

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan(this, FieldText.Parse(Title), Text is { } text ? FieldText.Parse(text) : null) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    sealed class Plan(CreateTaskPoint point, FieldText title, FieldText? text) : PlanPoint
    {
        public override Move Enter(StepContext context)
        {
            var assignee = (point.ToOwner ? AssignOwnerPoint.OwnerOf(context.Contact) : null) ?? point.Assignee;
            if (assignee is not null || !point.InTurn || context.MembersOf(point.Team!) is not { IsEmpty: false } members) // In turn only with a team.
                return Make(context, assignee);
            return members is [var only] ? Make(context, only) : AssignOwnerPoint.AskWhoseTurn(context, Id, members.Select(member => new Share(member, 1)));
        }

        public override Move Resume(StepContext context, Stimulus stimulus) => context.Allotted is { } turn ? Make(context, turn.Value) : Move.Stay;

        Move Make(StepContext context, string? assignee)
        {
            var (enrolment, now, fields) = (context.Enrolment, context.Now, context.Fields);
            context.Do(new Effect.Task(new(
                TaskId.Of(enrolment.Id, Id, context.Visit), enrolment.Id, enrolment.Journey, Id, Lines.One(title.Fill(fields)), text is null ? null : Lines.Cut(text.Fill(fields), NoteLengthMax),
                point.Task ?? TaskKind.ToDo, point.Priority ?? TaskPriority.Normal, now + point.DueAfter, assignee, point.Team, now)));
            return Move.Follow(0);
        }
    }
}
