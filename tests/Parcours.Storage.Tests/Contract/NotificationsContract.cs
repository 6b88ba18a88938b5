using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Storage.Tests.Contract;

/// <summary>What users are told: once, each for themselves, and not for ever.</summary>
public abstract class NotificationsContract<THarness> : StoreContract<THarness>
    where THarness : IStoreHarness, new()
{
    static NotificationRow Told(string text, string? reader, Instant at, ContactId? contact = null) => new(new(Hash(text)), reader, contact, Welcome, "tell", text, at, null);

    async Task<List<string>> ToldAsync(string reader, NotificationCursor? before = null, int limit = 1_000) => [.. (await Store.Queries.NotificationsAsync(reader, unread: false, before, limit, Cancellation)).Select(told => told.Text)];

    Task UsersAsync(params string[] users) => InUnitAsync(async unit =>
    {
        foreach (var user in users) await unit.WriteDocumentAsync("user-address", user, Bytes("{}"), null, Monday, Cancellation);
    });

    /// Semantics 3.7
    [Fact]
    public async Task What_is_told_is_told_once_and_is_there_after_a_crash()
    {
        var ada = await NewContactAsync("ada");
        var told = Told("look", "eva", Monday, ada);
        await WriteAsync(writes => writes.Notifications.AddRange([told, told with { Text = "again" }, told with { Reader = "ian" }]));
        await CrashAsync();

        Assert.Equal([told], await Store.Queries.NotificationsAsync("eva", unread: false, null, 10, Cancellation));
        Assert.Equal(["look"], await ToldAsync("ian"));
        Assert.Equal(1, await Store.Queries.UnreadAsync("eva", Cancellation));
    }

    [Fact]
    public async Task Everybody_is_who_can_sign_in_at_that_moment()
    {
        await UsersAsync("eva", "ian");
        await WriteAsync(writes => writes.Notifications.Add(Told("first", null, Monday)));
        await UsersAsync("uma");
        await WriteAsync(writes => writes.Notifications.Add(Told("second", null, Monday + Duration.FromMinutes(1))));

        Assert.Equal(["second", "first"], await ToldAsync("eva"));
        Assert.Equal(["second"], await ToldAsync("uma"));
    }

    [Fact]
    public async Task Each_reads_for_themselves_one_by_one_or_all_until_now()
    {
        await UsersAsync("eva", "ian");
        await WriteAsync(writes => writes.Notifications.AddRange([Told("a", null, Monday), Told("b", null, Monday), Told("later", null, Monday + Duration.FromHours(1))]));

        await WriteAsync(writes => writes.ReadNotifications.Add(new("eva", new(Hash("a")), Monday)));
        Assert.Equal((2, 3), (await Store.Queries.UnreadAsync("eva", Cancellation), await Store.Queries.UnreadAsync("ian", Cancellation)));
        await WriteAsync(writes => writes.ReadNotifications.Add(new("eva", null, Monday)));

        Assert.Equal(1, await Store.Queries.UnreadAsync("eva", Cancellation));
        Assert.Equal([null, Monday, Monday], (await Store.Queries.NotificationsAsync("eva", unread: false, null, 10, Cancellation)).Select(told => told.ReadAt));
    }

    /// <summary>What kind it is, and what it speaks of, comes back as it was told, to one and to all.</summary>
    [Fact]
    public async Task An_alert_keeps_its_code_and_what_it_speaks_of()
    {
        await UsersAsync("eva", "ian");
        var alert = Told("alert", null, Monday) with { Kind = NotificationKind.Alert, Code = "too-often", Arguments = """{"count":"50"}""" };
        await WriteAsync(writes => writes.Notifications.AddRange([alert, Told("task", "eva", Monday - Duration.FromMinutes(1)) with { Kind = NotificationKind.Task }]));

        Assert.Equal([alert with { Reader = "eva" }, Told("task", "eva", Monday - Duration.FromMinutes(1)) with { Kind = NotificationKind.Task }], await Store.Queries.NotificationsAsync("eva", unread: false, null, 10, Cancellation));
        Assert.Equal([alert with { Reader = "ian" }], await Store.Queries.NotificationsAsync("ian", unread: false, null, 10, Cancellation));
    }

    [Fact]
    public async Task What_is_not_read_is_found_alone_and_what_of_it_did_not_go_by_mail()
    {
        await WriteAsync(writes => writes.Notifications.AddRange(Enumerable.Range(0, 4).Select(n => Told($"{n}", "eva", Monday + Duration.FromMinutes(n)))));
        await WriteAsync(writes => writes.ReadNotifications.Add(new("eva", new(Hash("1")), Monday)));
        async Task<string> UnmailedAsync(Instant since) => string.Join(' ', (await Store.Queries.UnmailedAsync("eva", since, 10, Cancellation)).Select(told => told.Text));

        Assert.Equal(["3", "2", "0"], (await Store.Queries.NotificationsAsync("eva", unread: true, null, 10, Cancellation)).Select(told => told.Text));
        Assert.Equal(("3 2 0", "3 2", null), (await UnmailedAsync(Monday), await UnmailedAsync(Monday + Duration.FromMinutes(1)), await Store.Queries.MailedAtAsync("eva", Cancellation)));

        await WriteAsync(writes => writes.MailedNotifications.AddRange([new("eva", new(Hash("3")), Monday + Duration.FromHours(1)), new("eva", new(Hash("0")), Monday + Duration.FromHours(2))]));
        Assert.Equal(("2", Monday + Duration.FromHours(2)), (await UnmailedAsync(Monday), await Store.Queries.MailedAtAsync("eva", Cancellation)));
    }

    [Fact]
    public async Task They_page_from_the_newest_down()
    {
        await WriteAsync(writes => writes.Notifications.AddRange(Enumerable.Range(0, 7).Select(n => Told($"{n}", "eva", Monday + Duration.FromMinutes(n / 2)))));

        List<string> paged = [];
        for (NotificationCursor? before = null; await Store.Queries.NotificationsAsync("eva", unread: false, before, 2, Cancellation) is { Count: > 0 } page; before = new(page[^1].At, page[^1].Id)) paged.AddRange(page.Select(told => told.Text));

        Assert.Equal(await ToldAsync("eva"), paged);
        Assert.Equal(7, paged.Count);
        Assert.Equal("6", paged[0]);
    }

    [Fact]
    public async Task Of_each_user_the_newest_stay_and_none_for_ever()
    {
        await WriteAsync(writes =>
        {
            writes.Notifications.AddRange(Enumerable.Range(0, NotificationRow.KeptMost + 3).Select(n => Told($"{n}", "eva", Monday + Duration.FromMinutes(n))));
            writes.Notifications.Add(Told("old", "ian", Monday));
        });

        await InUnitAsync(async unit => Assert.False(await unit.TrimAsync(Monday + Duration.FromDays(1), Cancellation)));
        Assert.Equal(NotificationRow.KeptMost, (await ToldAsync("eva")).Count);
        Assert.Equal($"{NotificationRow.KeptMost + 2}", (await ToldAsync("eva"))[0]);
        Assert.Single(await ToldAsync("ian"));
        await InUnitAsync(async unit => await unit.TrimAsync(Monday + NotificationRow.KeptFor + Duration.FromSeconds(1), Cancellation));

        Assert.Empty(await ToldAsync("ian"));
    }

    /// Semantics 4.5
    [Fact]
    public async Task What_was_told_of_a_merged_contact_leads_to_the_winner_and_of_a_forgotten_one_it_goes()
    {
        var (ada, old, bob) = (await NewContactAsync("ada"), await NewContactAsync("ada-old"), await NewContactAsync("bob"));
        await WriteAsync(writes => writes.Notifications.AddRange([Told("of the old one", "eva", Monday, old), Told("of bob", "eva", Monday, bob)]));

        await WriteAsync(writes => writes.Merged.Add((old, ada)));
        await WriteAsync(writes => writes.Forgotten.Add(bob));

        Assert.Equal([ada], (await Store.Queries.NotificationsAsync("eva", unread: false, null, 10, Cancellation)).Select(told => told.Contact!.Value));
    }
}
