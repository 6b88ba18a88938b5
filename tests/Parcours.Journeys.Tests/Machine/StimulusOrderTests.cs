using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using static Parcours.Journeys.Tests.Story;

namespace Parcours.Journeys.Tests.Machine;

/// <summary>Semantics 3.1: what one stimulus does, in order.</summary>
public sealed class StimulusOrderTests
{
    /// Semantics 3.1
    [Fact]
    public void An_event_brings_the_contact_in_and_on_to_the_first_wait()
    {
        var welcome = new StoryJourney("welcome").StartsOn("signed_up").Tags("t", "signed-up").Asks("if", StoryCondition.Is("plan", "pro"), "mail", "wait").Mails("mail", then: "end").Delays("wait", Duration.FromSeconds(1)).Sets("set", "waited", "yes").Ends("end", Outcome.Successful);
        var ada = new Story(welcome);

        ada.Does("signed_up", edits: [new ContactEdit.SetProperty("plan", Value.Of("free"))]);

        Assert.True(ada.Ada.HasTag("signed-up"));
        Assert.Equal("wait", ada.At(welcome));
        ada.Passes(Duration.FromSeconds(1));
        Assert.Equal(Outcome.Successful, ada.EndOf(welcome).Outcome);
        Assert.Equal("yes", ada.Ada.Property("waited").AsText);
        Assert.Equal(["welcome signed_up: t>next if>no wait…", "welcome timer: wait>next set>next end>successful"], ada.Log);
    }
}
