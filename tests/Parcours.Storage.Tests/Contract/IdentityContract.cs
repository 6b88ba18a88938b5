using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Storage.Tests.Contract;

/// <summary>Who an entry means: the table of Semantics 4.3, line by line, each over a crash.</summary>
public abstract class IdentityContract<THarness> : StoreContract<THarness>
    where THarness : IStoreHarness, new()
{
    /// Semantics 4.3
    [Fact]
    public async Task Two_unknown_identities_make_one_new_contact_that_has_both()
    {
        var result = await AppendAsync(Event("signed up", User("u1"), Email("ada@example.org")));

        Assert.Equal([User("u1"), Email("ada@example.org")], result.Entries[0].Attached);
        Assert.True(result.Entries[0].NewContact);
        await HasAsync(result.Contact, User("u1"), Email("ada@example.org"));
    }

    /// Semantics 4.3
    [Fact]
    public async Task Two_identities_of_one_contact_change_nothing()
    {
        var before = await AppendAsync(Event("signed up", User("u1"), Email("ada@example.org")));

        var after = await AppendAsync(Event("bought", User("u1"), Email("ada@example.org")));

        Assert.Equal(before.Contact, after.Contact);
        Assert.Empty(after.Entries[0].Attached);
        Assert.Single(after.Entries);
    }

    /// Semantics 4.3
    [Fact]
    public async Task An_unknown_identity_is_attached_to_the_contact_of_the_known_one()
    {
        var visitor = await AppendAsync(Event("looked", Anonymous("a1")));
        await CrashAsync();

        var known = await AppendAsync(Event("signed up", User("u1"), Anonymous("a1")));

        Assert.Equal(visitor.Contact, known.Contact);
        Assert.Equal([User("u1")], known.Entries[0].Attached);
        await HasAsync(known.Contact, User("u1"), Anonymous("a1"));
    }

    /// Semantics 4.3, 4.4, 4.5
    [Fact]
    public async Task An_anonymous_contact_is_merged_into_the_one_with_a_user_id_though_that_is_younger()
    {
        var visitor = await AppendAsync(Event("looked", Anonymous("a1"), Email("ada@example.org")));
        var user = await AppendAsync(Event("signed up", User("u1")));
        await CrashAsync();

        var proof = await AppendAsync(Event("signed in", User("u1"), Anonymous("a1")));

        Assert.Equal(user.Contact, proof.Contact);
        Assert.Equal([EntryKind.Merge, EntryKind.Event], proof.Entries.Select(entry => entry.Kind));
        Assert.Equal((visitor.Contact, Partition.Of(visitor.Contact), Origin.Merge), (proof.Entries[0].Contact, proof.Entries[0].Partition, proof.Entries[0].Origin));
        Assert.Equal(user.Contact, MergeBody.Winner(proof.Entries[0].Body.Span));
        Assert.True(proof.Entries[0].Sequence < proof.Entries[1].Sequence);
        await HasAsync(user.Contact, User("u1"), Anonymous("a1"), Email("ada@example.org"));
    }

    /// Semantics 4.4
    [Fact]
    public async Task Of_two_contacts_without_a_user_id_the_older_one_wins()
    {
        var older = await AppendAsync(Event("looked", Anonymous("a1")));
        var younger = await AppendAsync(Event("subscribed", Email("ada@example.org")));

        var proof = await AppendAsync(Event("clicked", Email("ada@example.org"), Anonymous("a1")));

        Assert.Equal(older.Contact, proof.Contact);
        Assert.Equal(younger.Contact, proof.Entries[0].Contact);
        await HasAsync(older.Contact, Anonymous("a1"), Email("ada@example.org"));
    }

    /// Semantics 4.3
    [Fact]
    public async Task On_a_shared_device_the_anonymous_id_goes_to_the_latest_user_and_nobody_is_merged()
    {
        var first = await AppendAsync(Event("signed in", User("u1"), Anonymous("a1")));

        var second = await AppendAsync(Event("signed in", User("u2"), Anonymous("a1")));

        Assert.NotEqual(first.Contact, second.Contact);
        Assert.Equal([EntryKind.Edits, EntryKind.Event], second.Entries.Select(entry => entry.Kind));
        Assert.Equal((first.Contact, 0), (second.Entries[0].Contact, second.Entries[0].Body.Length));
        Assert.Equal([Anonymous("a1")], second.Entries[0].Released);
        Assert.Equal([User("u2"), Anonymous("a1")], second.Entries[1].Attached);
        await HasAsync(second.Contact, User("u2"), Anonymous("a1"));
        await HasAsync(first.Contact, User("u1"));

        var back = await AppendAsync(Event("signed in", User("u1"), Anonymous("a1")));
        Assert.Equal(first.Contact, back.Contact);
        await HasAsync(first.Contact, User("u1"), Anonymous("a1"));
    }

    /// Semantics 4.3, 4.5
    [Fact]
    public async Task What_passed_on_to_a_third_is_told_of_an_identity()
    {
        var merged = await AppendAsync(Event("visit", Anonymous("a1")));
        var winner = await AppendAsync(Event("signed in", User("u1"), Anonymous("a1"), Anonymous("a2")));
        var third = await AppendAsync(Event("signed in", User("u2"), Anonymous("a2")));

        await InUnitAsync(async unit =>
        {
            Assert.Equal([1, 3], await unit.ReadPassedOnAsync(winner.Contact, [Anonymous("a1"), Anonymous("a2"), User("u1"), User("nobody")], Cancellation));
            Assert.Equal([0], await unit.ReadPassedOnAsync(third.Contact, [Anonymous("a1"), Anonymous("a2")], Cancellation));
            Assert.Empty(await unit.ReadPassedOnAsync(merged.Contact, [Anonymous("a1")], Cancellation));
        });
    }

    /// Semantics 4.3
    [Fact]
    public async Task A_shared_address_stays_with_its_holder_and_nobody_is_merged()
    {
        var first = await AppendAsync(Event("signed up", User("u1"), Email("home@example.org"), Phone("+41441234567")));
        var second = await AppendAsync(Event("signed up", User("u2"), Email("home@example.org"), Phone("+41441234567")));
        var known = await AppendAsync(Event("bought", User("u2"), Email("home@example.org")));

        Assert.NotEqual(first.Contact, second.Contact);
        Assert.Equal([User("u2")], second.Entries[^1].Attached);
        Assert.Equal(second.Contact, known.Contact);
        Assert.Empty(known.Entries[^1].Attached);
        await HasAsync(first.Contact, User("u1"), Email("home@example.org"), Phone("+41441234567"));
    }

    /// Semantics 4.3
    [Fact]
    public async Task Only_an_alias_by_a_server_brings_two_user_ids_together()
    {
        var first = await AppendAsync(Event("signed up", User("u1")));
        var second = await AppendAsync(Event("signed up", User("u2")));
        var without = await AppendAsync(Event("odd", User("u2"), User("u1")));

        var alias = await AppendAsync(Event("", User("u2"), User("u1")) with { MayMergeUsers = true, Kind = EntryKind.Edits, Name = null });

        Assert.Equal(second.Contact, without.Contact);
        Assert.Equal(first.Contact, alias.Contact);
        Assert.Equal(second.Contact, alias.Entries[0].Contact);
        await HasAsync(first.Contact, User("u1"), User("u2"));
        var third = await AppendAsync(Event("", User("u3"), User("u1")) with { MayMergeUsers = true, Kind = EntryKind.Edits, Name = null });
        Assert.Equal((first.Contact, AppendOutcome.Appended), (third.Contact, third.Outcome));
        await HasAsync(first.Contact, User("u1"), User("u2"), User("u3"));
    }

    /// Semantics 4.3
    [Fact]
    public async Task A_public_key_attaches_and_merges_anonymous_ids_only()
    {
        var user = await AppendAsync(Event("signed up", User("u1"), Email("ada@example.org")));

        var claim = await AppendAsync(Event("looked", User("u1"), Email("ada@example.org"), Anonymous("a1")) with { Rights = SenderRights.Public });
        var nothing = await AppendAsync(Event("looked", User("u1")) with { Rights = SenderRights.Public });

        Assert.NotEqual(user.Contact, claim.Contact);
        Assert.Equal([Anonymous("a1")], claim.Entries[0].Attached);
        Assert.Equal(AppendOutcome.UnknownContact, nothing.Outcome);
        await HasAsync(user.Contact, User("u1"), Email("ada@example.org"));
        var second = await AppendAsync(Event("looked", Anonymous("a2")) with { Rights = SenderRights.Public });
        var merged = await AppendAsync(Event("looked", Anonymous("a1"), Anonymous("a2")) with { Rights = SenderRights.Public });
        Assert.Equal((claim.Contact, second.Contact), (merged.Contact, merged.Entries[0].Contact));
    }

    /// Semantics 4.4
    [Fact]
    public async Task A_changed_address_is_free_at_once()
    {
        var ada = await AppendAsync(Event("signed up", User("u1"), Email("old@example.org")));
        await CrashAsync();

        var change = await AppendAsync(Event("changed", User("u1"), Email("new@example.org")));
        var newcomer = await AppendAsync(Event("subscribed", Email("old@example.org")));

        Assert.Equal([Email("new@example.org")], change.Entries[0].Attached);
        Assert.Equal([Email("old@example.org")], change.Entries[0].Released);
        Assert.NotEqual(ada.Contact, newcomer.Contact);
        Assert.True(newcomer.Entries[0].NewContact);
        await HasAsync(ada.Contact, User("u1"), Email("new@example.org"));
        await HasAsync(newcomer.Contact, Email("old@example.org"));
    }

    /// Semantics 4.5
    [Fact]
    public async Task Who_names_a_merged_contact_finds_the_winner_however_often_that_was_merged()
    {
        var contacts = await AppendAsync(Event("a", Anonymous("a1")), Event("b", Anonymous("a2")), Event("c", User("u1")));
        await AppendAsync(Event("x", Anonymous("a1"), Anonymous("a2")));
        await AppendAsync(Event("y", User("u1"), Anonymous("a2")));
        await CrashAsync();

        var byId = await AppendAsync(Event("z") with { Contact = contacts[1].Contact });

        Assert.Equal(contacts[2].Contact, byId.Contact);
        await HasAsync(contacts[2].Contact, User("u1"), Anonymous("a1"), Anonymous("a2"));
    }

    [Fact]
    public async Task A_person_merges_by_hand_even_two_users()
    {
        var contacts = await AppendAsync(Event("a", User("u1")), Event("b", User("u2"), Email("b@example.org")));

        var byHand = await AppendAsync(Event("") with { Kind = EntryKind.Merge, Name = null, Contact = contacts[1].Contact, Body = MergeBody.Of(contacts[0].Contact) });
        var again = await AppendAsync(Event("") with { Kind = EntryKind.Merge, Name = null, Contact = contacts[1].Contact, Body = MergeBody.Of(contacts[0].Contact) });

        Assert.Equal([(EntryKind.Merge, contacts[1].Contact)], byHand.Entries.Select(entry => (entry.Kind, entry.Contact)));
        Assert.Equal(AppendOutcome.UnknownContact, again.Outcome);
        await HasAsync(contacts[0].Contact, User("u1"), User("u2"), Email("b@example.org"));
    }

    [Fact]
    public async Task Within_one_batch_each_item_sees_those_before_it()
    {
        var results = await AppendAsync(
            Event("looked", Anonymous("a1")), Event("signed up", User("u1"), Anonymous("a1")), Event("bought", User("u1"), Email("ada@example.org")), Event("clicked", Email("ada@example.org")));

        Assert.Single(results.Select(result => result.Contact).Distinct());
        Assert.Equal([true, false, false, false], results.Select(result => result.Entries[^1].NewContact));
    }

    [Fact]
    public async Task Many_contacts_are_found_again_after_crashes_among_merged_and_gathered_identities()
    {
        Dictionary<string, ContactId> known = [];
        for (var round = 0; round < 6; round++)
        {
            var items = Enumerable.Range(round * 7, 7).Select(i => Event("came", User($"user {i}"))).ToArray();
            var results = await AppendAsync(items);
            for (var i = 0; i < items.Length; i++) known.Add(items[i].Identities[0].Value, results[i].Contact);
            if (round % 2 == 1) await CrashAsync();
        }

        Assert.Equal(42, known.Values.Distinct().Count());
        foreach (var (user, contact) in known) Assert.Equal(contact, await Store.Queries.ContactByIdentityAsync(User(user), Cancellation));
        Assert.Null(await Store.Queries.ContactByIdentityAsync(Anonymous("user 1"), Cancellation));
        var together = await Store.Queries.ContactsByIdentitiesAsync([.. known.Keys.Select(User), Anonymous("user 1"), User("nobody")], Cancellation);
        Assert.Equal(known.ToDictionary(pair => User(pair.Key), pair => pair.Value), together);
    }

    /// <summary>The identities lead to the contact, now and after a crash.</summary>
    async Task HasAsync(ContactId contact, params Identity[] identities)
    {
        foreach (var identity in identities) Assert.Equal(contact, await Store.Queries.ContactByIdentityAsync(identity, Cancellation));
        await CrashAsync();
        foreach (var identity in identities) Assert.Equal(contact, await Store.Queries.ContactByIdentityAsync(identity, Cancellation));
    }
}
