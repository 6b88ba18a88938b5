using System.Reflection;
using System.Text;
using NodaTime;
using Parcours.Channels.Content;
using Parcours.Engine.Ports;

namespace Parcours.Channels.Tests.Content;

public class StoredContentsTests
{
    /// <summary>A store that has documents and counts how often it is asked.</summary>
    public class Documents : DispatchProxy
    {
        public Dictionary<string, Document> Kept { get; } = [];

        public int Reads { get; private set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Assert.Equal(nameof(IStoreQueries.DocumentAsync), targetMethod!.Name);
            Assert.Contains(args![0], new[] { "content", "content-version" });
            Reads++;
            return new ValueTask<Document?>(Kept.GetValueOrDefault((string)args[1]!) is { } document && document.Kind == (string)args[0]! ? document : null);
        }

        public void Save(string name, long revision, string json, string kind = "content") =>
            Kept[name] = new Document(kind, name, revision, Mails.Monday9Am, Mails.Monday9Am, Encoding.UTF8.GetBytes(json));
    }

    readonly IStoreQueries _queries = DispatchProxy.Create<IStoreQueries, Documents>();
    long _catalogue = 1;

    Documents Kept => (Documents)(object)_queries;

    StoredContents Contents() => new(_queries, () => _catalogue);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    /// Semantics 6.7
    [Fact]
    public async Task The_version_live_now_is_read_once_a_change_of_the_catalogue_and_compiled_once_a_version()
    {
        var contents = Contents();
        Kept.Save("welcome", 3, """{"subject":"Hi","text":"one"}""");

        var first = await contents.FindAsync("welcome", Token);
        Assert.Same(first, await contents.FindAsync("welcome", Token));
        Assert.Equal((3, 1), (first!.Version, Kept.Reads));

        _catalogue = 2;
        Assert.Same(first, await contents.FindAsync("welcome", Token));

        _catalogue = 3;
        Kept.Save("welcome", 4, """{"subject":"Hi","text":"two"}""");
        var second = await contents.FindAsync("welcome", Token);
        Assert.Equal((4, "two"), (second!.Version, Assert.IsType<RenderOutcome.Mail>(second.Content.Render(Mails.FieldsOf(Mails.Ada()))).Text));
    }

    /// Semantics 6.7
    [Fact]
    public async Task A_version_that_a_journey_has_pinned_is_read_once_whatever_is_live()
    {
        var contents = Contents();
        Kept.Save("welcome", 4, """{"subject":"Hi","text":"two"}""");
        Assert.Null(await contents.FindAsync("welcome", 3, Token));
        Kept.Save("welcome/3", 1, """{"subject":"Hi","text":"one"}""", "content-version");

        var pinned = await contents.FindAsync("welcome", 3, Token);
        Assert.Equal((3, "one"), (pinned!.Version, Assert.IsType<RenderOutcome.Mail>(pinned.Content.Render(Mails.FieldsOf(Mails.Ada()))).Text));
        _catalogue = 2;
        Assert.Same(pinned, await contents.FindAsync("welcome", 3, Token));
        Assert.Equal(4, (await contents.FindAsync("welcome", Token))!.Version);
    }

    [Fact]
    public async Task Content_that_is_not_there_is_found_once_it_is_saved()
    {
        var contents = Contents();

        Assert.Null(await contents.FindAsync("welcome", Token));
        Kept.Save("welcome", 1, """{"subject":"Hi","text":"one"}""");
        _catalogue = 2;

        Assert.NotNull(await contents.FindAsync("welcome", Token));
    }

    [Fact]
    public async Task A_document_that_cannot_be_read_fails_its_mails_and_stops_nobody()
    {
        Kept.Save("welcome", 1, """{"subject":"Hi","text":"one","from-the-future":1}""");

        var live = await Contents().FindAsync("welcome", Token);

        Assert.Equal(RenderFailure.Content, Assert.IsType<RenderOutcome.Failed>(live!.Content.Render(Mails.FieldsOf(Mails.Ada()))).Code);
    }
}
