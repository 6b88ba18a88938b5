using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Tests.Points;

/// <summary>The first so many: Semantics 9.2. How many they are is the allocator's (AllocatorTests of the engine).</summary>
public sealed class FirstNPointTests
{
    static Trip First() => Trip.Through("{'p':{'kind':'firstN','first':3,'next':'yes','rest':'no'},'yes':{'kind':'addTag','tag':'yes'},'no':{'kind':'addTag','tag':'no'}}").Does("Begin");

    [Theory]
    [InlineData(true, "p>first", "yes")]
    [InlineData(false, "p>rest", "no")]
    public void It_asks_and_goes_where_the_answer_says(bool granted, string edge, string tag)
    {
        var trip = First();
        var order = Assert.Single(trip.Orders);
        Assert.Equal(("1:trip/p", 3L, "place"), (order.Allocator.ToString(), order.What!.Most, trip.Waiting.Wait.Reason));

        trip.Answers(granted);

        Assert.Equal(["p…", edge, $"{tag}>next"], trip.Path);
        Assert.False(trip.IsInside);
        Assert.Single(trip.Orders);
    }

    /// <summary>Semantics 9.2: an answer that was not asked for, or comes twice, moves nobody.</summary>
    [Fact]
    public void An_answer_counts_once_and_for_its_ask_alone()
    {
        var trip = First();
        trip.Run(new Stimulus.Answered(trip.Ada.Enrolments[0].Id, AskId.Of(trip.Ada.Enrolments[0].Id, "p", 2), new(true)));

        Assert.Equal("p", trip.Waiting.Point);
        trip.Answers(true).Answers(false);
        Assert.Equal(["p…", "p>first", "yes>next"], trip.Path);
    }

    /// <summary>Semantics 9.3: who leaves before the answer hands the place back; who has it keeps it.</summary>
    [Fact]
    public void Who_leaves_meanwhile_hands_the_place_back()
    {
        var trip = First();
        trip.Run(new Stimulus.RemoveRequested(trip.Ada.Enrolments[0].Id, null, "asked"));

        Assert.Equal([false, true], trip.Orders.Select(order => order.What is null));
        Assert.Equal(trip.Orders[0].Ask, trip.Orders[1].Ask);
    }

    /// <summary>Semantics 8.3: in a pause the answer is put down, and acts when it is over.</summary>
    [Fact]
    public void In_a_pause_the_answer_is_noted()
    {
        var trip = First();
        trip.Status = Plans.JourneyStatus.Paused;
        trip.Answers(true);
        Assert.True(trip.Waiting.Wait.Noted);
        trip.Status = Plans.JourneyStatus.Live;
        trip.Run(new Stimulus.JourneyResumed(new("trip")));

        Assert.Equal(["p…", "p>first", "yes>next"], trip.Path);
    }
}
