using System.Text;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Testing;

namespace Parcours.Engine.Tests;

/// <summary>An engine that is told to stop in the midst of its work.</summary>
public sealed class StopTests
{
    static readonly EngineOptions OneACommit = new() { ItemsPerCommit = 1 };
    static CancellationToken Token => TestContext.Current.CancellationToken;

    static Submission Event(string user, string name) => new()
    {
        Identities = [new(IdentityKind.UserId, user)],
        Body = new SubmissionBody.Received([], Encoding.UTF8.GetBytes($$"""{"email":"{{user}}@example.org"}"""), name, "{}"u8.ToArray()),
        MessageId = $"{user}-{name}",
    };

    /// <summary>Promise 1; Semantics 3.8: the turn that is broken off had run an entry, and the last settlement's commit must not say that it is done.</summary>
    [Fact]
    public async Task What_a_turn_had_run_when_it_was_broken_off_is_run_after_the_next_start()
    {
        var folder = Directory.CreateTempSubdirectory("parcours-stop-").FullName;
        var (held, mail) = (new HeldStore.Control(), new TestChannel());
        try
        {
            await using (var store = await TestStore.OpenAsync(folder, TimeProvider.System))
            {
                var engine = await JourneyEngine.StartAsync(HeldStore.Around(store, held), OneACommit, [mail], TimeProvider.System, null, Token);
                World.Done(await engine.Catalogue.SaveAsync("topic", "news", """{"name":"news","whenUnknown":"unlessRefused"}"""u8.ToArray(), null, Token));
                World.Done(await engine.Catalogue.SaveAsync("content", "hello", """{"subject":"Hello","text":"Hello"}"""u8.ToArray(), null, Token));
                World.Done(await engine.Catalogue.SaveJourneyAsync(new("hello"), """
                    {"format":1,"id":"hello","name":"Hello","settings":{"email":{"topic":"news"}},
                     "start":[{"kind":"event","id":"in","events":["started"],"next":"mail"}],
                     "points":{"mail":{"kind":"sendEmail","content":"hello","next":"end"},"end":{"kind":"end","outcome":"completed"}}}
                    """u8.ToArray(), null, Token));
                World.Done(await engine.Catalogue.PublishJourneyAsync(new("hello"), null, Token));
                mail.Holds = new(TaskCreationOptions.RunContinuationsAsynchronously);
                await engine.SubmitAsync([Event("ada", "started")], Token);
                await mail.Has.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);

                // The first commit appends all of them and runs one; the turn of the next is broken off, while a sender has something to tell.
                held.CommitsLeft = 1;
                var coming = engine.SubmitAsync([Event("bo", "started"), Event("cleo", "started"), Event("dora", "started")], Token);
                await held.Holds.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
                mail.Holds.SetResult(new(SendOutcome.Sent));
                Assert.True(SpinWait.SpinUntil(() => !mail.Sent.IsEmpty, TimeSpan.FromSeconds(10)));
                await engine.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token);
                await Assert.ThrowsAnyAsync<Exception>(() => coming);
            }

            mail.Holds = null;
            await using var again = await TestStore.OpenAsync(folder, TimeProvider.System);
            await using (var engine = await JourneyEngine.StartAsync(again, OneACommit, [mail], TimeProvider.System, null, Token))
            {
                await engine.SettleAsync(Token);
                foreach (var user in (string[])["ada", "bo", "cleo", "dora"])
                    Assert.Single(await engine.Queries.EnrolmentsOfAsync((await engine.Queries.ContactByIdentityAsync(new(IdentityKind.UserId, user), Token))!.Value, 10, Token));
                Assert.Equal(4, mail.Sent.Select(message => message.Row.Key).Distinct().Count());
            }
        }
        finally
        {
            await TestStore.DropAsync(folder);
            Directory.Delete(folder, recursive: true);
        }
    }
}
