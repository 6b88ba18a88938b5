using NodaTime;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Plans;

/// <summary>A moment of each contact's own at which a starting point comes (Semantics 6.11, 6.18): reckoned when what it hangs on changes, and brought by the contact's one flip timer.</summary>
public abstract class StartMoment
{
    /// <summary>A number for what is said of the moment, stored beside what was reckoned by it: where a new version says something else it is reckoned anew.</summary>
    public uint Rule { get; protected init; }

    /// <summary>The properties whose change can move the moment.</summary>
    public virtual IEnumerable<string> Properties => [];

    /// <summary>The events that move it.</summary>
    public virtual IEnumerable<string> Events => [];

    /// <summary>The contact's next moment.</summary>
    /// <param name="held">What was reckoned before; what came last does not come again.</param>
    /// <param name="from">What came before this is not caught up.</param>
    /// <param name="earliest">The timer fires no earlier.</param>
    public abstract DateMark Next(Contact contact, DateTimeZone journey, DateMark held, Instant from, Instant earliest);

    /// <summary>Whether the moment, now that its timer has fired, has come.</summary>
    public virtual bool HasCome(Contact contact, DateTimeZone journey, Instant now) => true;
}
