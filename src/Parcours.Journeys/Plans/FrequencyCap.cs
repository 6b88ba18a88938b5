using NodaTime;
using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Plans;

/// <summary>At most so many marketing messages to a contact within a rolling window (Semantics 10.2).</summary>
/// <param name="Topic">A topic's name, or <see cref="AllTopics"/>.</param>
public sealed record FrequencyCap(string Name, string Channel, string Topic, int Most, Duration Within)
{
    public const string AllTopics = "*";

    /// <summary>How soon it is looked again whether what was decided long ago has left.</summary>
    static readonly Duration LookAgain = Duration.FromMinutes(15);

    public bool Counts(string channel, string topic) => Channel == channel && (Topic == AllTopics || Topic == topic);

    /// <summary>When one more message fits; <paramref name="now"/> if it does now.</summary>
    /// <param name="ahead">How many others are let through first.</param>
    public Instant FreeAt(IReadOnlyList<SentMark> sent, Instant now, int ahead)
    {
        // When each of those that count leaves the window: at exactly its time plus the window (Semantics 2.1).
        var leaving = Enumerable.Repeat(now + Within, ahead).ToList();
        foreach (var mark in sent)
            if (Counts(mark.Channel, mark.Topic) && (mark.Pending ? Instant.Max(mark.At + Within, now + LookAgain) : mark.At + Within) is var leaves && leaves > now)
                leaving.Add(leaves);
        if (leaving.Count < Most)
            return now;
        leaving.Sort();
        return leaving[^Most];
    }
}

/// <summary>What becomes of a message that a frequency cap does not let through now.</summary>
public enum WhenCapped
{
    /// <summary>It waits its turn, as long as it is worth sending.</summary>
    Wait,
    /// <summary>It is skipped, with the reason on record.</summary>
    Skip,
}
