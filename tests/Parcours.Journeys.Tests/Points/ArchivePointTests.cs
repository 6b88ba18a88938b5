using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Journeys.Tests.Points;

/// <summary>A point that archives: Semantics 6.16.</summary>
public sealed class ArchivePointTests
{
    /// <summary>Semantics 6.16: the journey ends as completed, every other is left, and what was decided before for marketing is not sent any more.</summary>
    [Fact]
    public void It_ends_the_journey_and_every_other()
    {
        var trip = Trip.Through("{'p':{'kind':'addTag','tag':'gone','next':'put'},'put':{'kind':'archive'}}")
            .Beside("other", "{'o':{'kind':'delay','for':'P1D'}}", start: "{'kind':'event','id':'in','events':['Browse'],'next':'o'}").Does("Browse");
        Assert.True(trip.IsInside);

        trip.Does("Begin");

        Assert.Equal(["other:o…", "p>next", "put>completed", "other:o>exited"], trip.Path);
        Assert.Equal(["trip Completed", "other Exited archived"], trip.Ends.Order(StringComparer.Ordinal).Reverse());
        Assert.True(trip.Ada.IsArchived);
        Assert.Equal(["archived"], trip.Does("Begin").Refusals);
    }

    /// <summary>Semantics 10.1: a message that is decided for somebody who was archived in the same moment is skipped with that reason, unless it is transactional.</summary>
    [Fact]
    public void Marketing_is_skipped_for_who_is_archived()
    {
        var trip = Trip.Through("{'p':{'kind':'waitFor','activities':[{'kind':'event','events':['Stop']}],'next':'mail'},'mail':{'kind':'sendEmail','content':'hello','next':'receipt'},'receipt':{'kind':'sendEmail','content':'hello','purpose':'transactional'}}")
            .Knows(new("news", Plans.UnknownConsent.UnlessRefused)).HasAddress()
            .Beside("other", "{'o':{'kind':'waitFor','activities':[{'kind':'event','events':['Stop']}],'next':'a'},'a':{'kind':'archive'}}", start: "{'kind':'event','id':'in','events':['Browse'],'next':'o'}").Does("Browse").Does("Begin");

        // The older of the two hears it first.
        trip.Does("Stop");

        Assert.Equal(["archived", null], trip.Messages.Select(message => message.Skip));
        Assert.False(trip.IsInside);
    }
}
