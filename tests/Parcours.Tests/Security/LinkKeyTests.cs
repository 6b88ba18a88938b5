using System.Net;
using Parcours.Channels.Links;
using Parcours.Cli;
using Parcours.Configuration;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Security;
using Parcours.Tests.Api;
using Parcours.Tests.Cli;

namespace Parcours.Tests.Security;

/// <summary>Keys of links in mails, made and ended while the server runs and while it does not.</summary>
public sealed class LinkKeyTests
{
    static readonly PublicLink Link = new(LinkPurpose.Unsubscribe, new Partition(0), new MessageKey(Guid.Empty));

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static async Task<string[]> RunAsync(params string[] arguments)
    {
        var ran = await ParcoursProgram.RunAsync(arguments);
        Assert.True(ran.ExitCode == 0, ran.Error);
        return ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// Semantics 10.9
    [Fact]
    public async Task Links_of_an_old_key_go_on_working_until_it_is_revoked_and_then_answer_410()
    {
        using var folder = new Folder();
        var url = $"http://127.0.0.1:{ServingProgram.FreePort()}";
        var settings = Settings.Read(new SettingSources(setting => setting == Setting.Data ? folder.Path : setting == Setting.Urls ? url : null, _ => null));
        string old;
        await using (var server = await Server.OpenAsync(settings, testClock: null, salt: 1, Cancellation))
        {
            await server.ListenAsync(Cancellation);
            using var client = new HttpClient { BaseAddress = new Uri(url) };
            var (signer, shelf, watch) = (server.Get<PublicLinkSigner>(), server.Get<LinkKeyShelf>(), server.Get<LinkKeyWatch>());
            old = signer.Sign(Link);

            Assert.Equal(2, (await shelf.AddAsync(Cancellation)).Number);
            await watch.LookAsync(Cancellation);
            // Other nodes may not know the new one yet.
            Assert.Equal(old, signer.Sign(Link));
            Assert.IsType<LinkVerdict.Valid>(signer.Verify(old));

            Assert.IsType<LinkKeyAnswer.Done>(await shelf.RevokeAsync(1, Cancellation));
            await watch.LookAsync(Cancellation);
            Assert.IsType<LinkVerdict.Valid>(signer.Verify(signer.Sign(Link)));
            Assert.Equal(HttpStatusCode.Gone, (await client.GetAsync("/u/" + old, Cancellation)).StatusCode);
            Assert.IsType<LinkKeyAnswer.Last>(await shelf.RevokeAsync(2, Cancellation));
            Assert.IsType<LinkKeyAnswer.NotFound>(await shelf.RevokeAsync(3, Cancellation));
        }

        await using var again = await Server.OpenAsync(settings, testClock: null, salt: 1, Cancellation);
        Assert.IsType<LinkVerdict.Revoked>(again.Get<PublicLinkSigner>().Verify(old));
    }

    [Fact]
    public async Task Commands_make_list_and_end_keys()
    {
        using var folder = new Folder();
        await using (var program = await ServingProgram.StartAsync(folder.Path))
        {
            Assert.Equal(["2"], await RunAsync("link-key", "add", "--data", folder.Path));
            await program.StopAsync();
        }

        Assert.Empty(await RunAsync("link-key", "revoke", "1", "--data", folder.Path));
        var lines = await RunAsync("link-key", "list", "--data", folder.Path);
        var refused = await ParcoursProgram.RunAsync(["link-key", "revoke", "2", "--data", folder.Path]);

        Assert.Equal(2, lines.Length);
        Assert.Contains("revoked", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("signs", lines[1], StringComparison.Ordinal);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("link-key add", refused.Error, StringComparison.Ordinal);
    }
}
