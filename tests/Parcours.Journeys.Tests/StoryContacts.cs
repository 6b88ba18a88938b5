using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Tests;

/// <summary>Compares all that two contacts hold.</summary>
public static class StoryContacts
{
    public static void Same(Contact one, Contact other, bool exceptEnrolments = false)
    {
        Assert.Equal(Sorted(one.Properties), Sorted(other.Properties));
        Assert.Equal(Sorted(one.Tags), Sorted(other.Tags));
        Assert.Equal(Sorted(one.Lists), Sorted(other.Lists));
        Assert.Equal(one.Consents.OrderBy(pair => pair.Key), other.Consents.OrderBy(pair => pair.Key));
        Assert.Equal(one.Segments.Order(StringComparer.Ordinal), other.Segments.Order(StringComparer.Ordinal));
        Assert.Equal(Sorted(one.SegmentFlips), Sorted(other.SegmentFlips));
        Assert.Equal(one.Dates.OrderBy(pair => $"{pair.Key}"), other.Dates.OrderBy(pair => $"{pair.Key}"));
        Assert.Equal(one.Memory.OrderBy(pair => pair.Key.Value).Select(pair => $"{pair.Key}={pair.Value}"), other.Memory.OrderBy(pair => pair.Key.Value).Select(pair => $"{pair.Key}={pair.Value}"));
        Assert.Equal(one.Identities, other.Identities);
        Assert.Equal(one.Suppressed.Order(StringComparer.Ordinal), other.Suppressed.Order(StringComparer.Ordinal));
        Assert.Equal(one.Barred, other.Barred);
        Assert.Equal(one.ArchivedAt, other.ArchivedAt);
        if (exceptEnrolments)
            return;
        Assert.Equal(one.Failed.Select(failed => (failed.Id, failed.State, failed.Revision)), other.Failed.Select(failed => (failed.Id, failed.State, failed.Revision)));
        Assert.Equal(one.FlipAt, other.FlipAt);
        Assert.Equal(one.LastSeenAt, other.LastSeenAt);
        Assert.Equal(one.Enrolments.Select(enrolment => (enrolment.Id, enrolment.State, enrolment.Revision)), other.Enrolments.Select(enrolment => (enrolment.Id, enrolment.State, enrolment.Revision)));
        Assert.Equal(one.Entries.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value.Count, pair.Value.LastEnteredAt, pair.Value.LastLeftAt)), other.Entries.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value.Count, pair.Value.LastEnteredAt, pair.Value.LastLeftAt)));
    }

    static IEnumerable<KeyValuePair<string, T>> Sorted<T>(IReadOnlyDictionary<string, T> held) => held.OrderBy(pair => pair.Key, StringComparer.Ordinal);
}
