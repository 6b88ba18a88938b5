using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;
using System.Text.Json.Serialization;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>Says which user looks after the contact: one, or several in turn (Semantics 9.2).</summary>
[Description("Says which user looks after the contact: one, or several in turn, each as often as its weight says, or the members of a team. The contact's property owner has the user's address from then on.")]
public sealed record AssignOwnerPoint : StraightPoint
{
    /// <summary>The contact property that says who looks after it: the e-mail address of a user.</summary>
    public const string Property = "owner";

    /// <summary>Who looks after the contact; null: nobody.</summary>
    internal static string? OwnerOf(Contact contact) => contact.Property(Property) is { Kind: ValueKind.Text, AsText: { Length: > 0 } owner } ? owner : null;

    /// <summary>Why somebody waits here, for a moment.</summary>
    public const string Reason = "owner";

    public const int UsersMax = 100, WeightMax = 100;

    [Description("The users, in the order in which their turns come; one alone looks after all.")]
    public IReadOnlyList<OwnerShare>? Users { get; init; }

    [Description("The name of a team whose members have their turns too, each as often as weight 1.")]
    public string? Team { get; init; }

    [Description("Whether a contact that has an owner keeps it.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool OnlyWithout { get; init; }

    public override string Explain() => (Users ?? [], Team) switch
    {
        ([var one], null) => $"makes {one.User} the owner",
        (var users, null) => $"makes one of {users.Count} users the owner, in turn",
        ([], { } team) => $"makes one of the team {team} the owner, in turn",
        (var users, { } team) => $"makes one of {users.Count} users and the team {team} the owner, in turn",
    };

    protected internal override void Check(CheckContext check)
    {
        check.Uses(UsedKind.Property, Property);
        if (Team is { } team)
            check.Team(team, "team");
        var users = Users ?? [];
        if (users.Count > UsersMax || users.Count == 0 && Team is null)
            check.Error(ProblemCodes.OwnerUsers, "users", $"Here belong 1 to {UsersMax} users, not {users.Count}, or a team.", ("count", $"{users.Count}"));
        for (var index = 0; index < users.Count; index++)
        {
            check.User(users[index].User, $"users/{index}/user");
            if (users[index].Weight is < 1 or > WeightMax)
                check.Error(ProblemCodes.OwnerWeight, $"users/{index}/weight", $"A weight is a whole number from 1 to {WeightMax}.", ("weight", users[index].Weight!.Value.ToString(CultureInfo.InvariantCulture)));
        }
        check.Unique(users.Select((share, index) => (share.User, $"users/{index}/user")));
    }

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new Plan([.. (Users ?? []).Select(share => new Share(share.User, share.Weight ?? 1))], Team, OnlyWithout) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    /// <summary>Asks whose turn it is at this point, and waits for the answer.</summary>
    internal static Move AskWhoseTurn(StepContext context, string point, IEnumerable<Share> among)
    {
        context.Do(new Effect.Ask(AllocatorId.OfPoint(AllocatorKind.Owners, context.Plan.Id, point), new(0, [.. among])));
        return Move.WaitFor(new(null, TimerQueue.Elapsed, Reason));
    }

    sealed class Plan(ImmutableArray<Share> users, string? team, bool onlyWithout) : PlanPoint
    {
        public override Move Enter(StepContext context)
        {
            if (onlyWithout && !context.Contact.Property(Property).IsNone)
            {
                context.Note(0, "has-owner");
                return Move.Follow(0);
            }
            // Who is in the team is asked at each arrival: a change of it changes no journey.
            var among = team is null ? users : [.. users, .. context.MembersOf(team).Where(member => !users.Any(share => share.Name.Equals(member, StringComparison.OrdinalIgnoreCase))).Select(member => new Share(member, 1))];
            return among switch
            {
                [] => Move.Follow(0),
                [var only] => Assign(context, only.Name),
                _ => AskWhoseTurn(context, Id, among),
            };
        }

        public override Move Resume(StepContext context, Stimulus stimulus) => context.Allotted is { Value: { } user } ? Assign(context, user) : context.Allotted is null ? Move.Stay : Move.Follow(0);

        static Move Assign(StepContext context, string user)
        {
            context.Note(0, user);
            context.Do(new Effect.Edit(new ContactEdit.SetProperty(Property, Value.Of(user))));
            return Move.Follow(0);
        }
    }
}

/// <summary>One of those who look after contacts in turn.</summary>
public sealed record OwnerShare
{
    [Description("The e-mail address of the user.")]
    public required string User { get; init; }

    [Description("How often the turn comes, beside the others: 1 to 100; 1 without it.")]
    public int? Weight { get; init; }
}
