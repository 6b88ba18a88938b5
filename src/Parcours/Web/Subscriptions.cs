using System.Collections.Immutable;
using System.Text.Json;
using Parcours.Channels.Pages;
using Parcours.Engine;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Web;

/// <summary>What a contact wants to hear of on the channel of one message, as it says by that message's link. Each act is the person's own.</summary>
sealed class Subscriptions(IEngine engine)
{
    const int TopicsMax = 200;

    const string Every = "*";

    public static bool HasLeftAll(MessageRow message, Contact contact) =>
        contact.Consents.TryGetValue((message.Channel, Every), out var all) && all.Value == ConsentState.Refused;

    /// <summary>The topics there are, each with whether the contact gets mail on it.</summary>
    public async ValueTask<IReadOnlyList<TopicChoice>> ChoicesAsync(MessageRow message, Contact contact, CancellationToken cancellationToken)
    {
        var choices = new List<TopicChoice>();
        foreach (var document in await engine.Queries.DocumentsAsync("topic", null, null, TopicsMax, cancellationToken))
            choices.Add(new(document.Id, TitleOf(document) ?? document.Id, IsWanted(message.Channel, document.Id, contact)));
        return choices;
    }

    public async ValueTask<string?> TitleAsync(string topic, CancellationToken cancellationToken) =>
        await engine.Queries.DocumentAsync("topic", topic, cancellationToken) is { } document ? TitleOf(document) : null;

    static string? TitleOf(Document document)
    {
        using var json = JsonDocument.Parse(document.Json);
        return json.RootElement.TryGetProperty("title", out var title) && title.ValueKind == JsonValueKind.String ? title.GetString() : null;
    }

    bool IsWanted(string channel, string topic, Contact contact) => contact.Consent(channel, topic) switch
    {
        ConsentState.Given => true,
        ConsentState.Refused => false,
        _ => engine.Current.Topics.TryGetValue(topic, out var known) && known.WhenUnknown == UnknownConsent.UnlessRefused,
    };

    /// <summary>Leaves the message's topic; one without a topic is left with all the rest.</summary>
    public Task LeaveAsync(MessageRow message) => SubmitAsync([Leaving(message, message.Topic.Length == 0 ? Every : message.Topic)]);

    public Task LeaveAllAsync(MessageRow message) => SubmitAsync([Leaving(message, Every)]);

    /// <summary>Takes the leaving of the message's topic back. Who had left all gets this topic and no other.</summary>
    public Task TakeBackAsync(MessageRow message, Contact contact) =>
        message.Topic.Length == 0 ? TakeBackAllAsync(message, contact)
        : HasLeftAll(message, contact) ? ChooseAsync(message, contact, [message.Topic])
        : SubmitAsync([Ordering(contact, [new ContactEdit.SetConsent(message.Channel, message.Topic, ConsentState.Given)])]);

    /// <summary>Takes the leaving of all back: every topic is as it was before.</summary>
    public async Task TakeBackAllAsync(MessageRow message, Contact contact)
    {
        await LiftAsync(message);
        await SubmitAsync([Ordering(contact, [new ContactEdit.SetConsent(message.Channel, Every, ConsentState.Unknown)])]);
    }

    /// <summary>From now on these topics, and no other.</summary>
    public async Task ChooseAsync(MessageRow message, Contact contact, IReadOnlyCollection<string> wanted)
    {
        var hadLeftAll = HasLeftAll(message, contact);
        var submissions = new List<Submission>();
        var edits = ImmutableArray.CreateBuilder<ContactEdit>();
        foreach (var choice in await ChoicesAsync(message, contact, CancellationToken.None))
            if (wanted.Contains(choice.Name))
            {
                if (!choice.IsWanted)
                    edits.Add(new ContactEdit.SetConsent(message.Channel, choice.Name, ConsentState.Given));
            }
            else if (choice.IsWanted)
                submissions.Add(Leaving(message, choice.Name));
            else if (hadLeftAll && wanted.Count > 0)
                // What was covered by "all" is said for itself now, before that goes.
                edits.Add(new ContactEdit.SetConsent(message.Channel, choice.Name, ConsentState.Refused));

        if (hadLeftAll && edits.Any(edit => edit is ContactEdit.SetConsent { State: ConsentState.Given }))
        {
            await LiftAsync(message);
            edits.Add(new ContactEdit.SetConsent(message.Channel, Every, ConsentState.Unknown));
        }

        if (edits.Count > 0)
            submissions.Add(Ordering(contact, edits.ToImmutable()));
        await SubmitAsync(submissions);
    }

    static Submission Leaving(MessageRow message, string topic) =>
        new() { Body = new SubmissionBody.Feedback(message.Key, FeedbackKind.Unsubscribed, Detail: topic), Origin = Origin.Person, CreatesContact = false };

    static Submission Ordering(Contact contact, ImmutableArray<ContactEdit> edits) =>
        new() { Body = new SubmissionBody.Received(edits, default, null, default), Origin = Origin.Person, Contact = contact.Id, CreatesContact = false };

    // It is not cancelled when the mailbox hangs up: who pressed the button has asked.
    async Task SubmitAsync(IReadOnlyList<Submission> submissions) => await engine.SubmitAsync(submissions, CancellationToken.None);

    /// <summary>The address may hear of marketing again; what else stands against it stays (Semantics 10.4).</summary>
    Task LiftAsync(MessageRow message) => message.Address is not { } address
        ? Task.CompletedTask
        : engine.WriteAsync(
            async (unit, now) =>
            {
                var writes = new WriteSet();
                writes.Blocks.Add(new(null, message.Channel, Every, EntryMaker.HashOf(address), BlockRow.Unsubscribed, now, Lifted: true));
                await unit.WriteAsync(writes, CancellationToken.None);
                return true;
            },
            CancellationToken.None);
}
