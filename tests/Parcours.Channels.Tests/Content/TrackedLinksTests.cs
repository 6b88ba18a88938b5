using System.Text.RegularExpressions;
using Parcours.Channels.Content;
using Parcours.Channels.Links;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Channels.Tests.Content;

/// <summary>What of a mail can be noticed. Semantics 10.9</summary>
public partial class TrackedLinksTests
{
    static readonly PublicLinkSigner Signer = new(new LinkKeyRing(1, [new LinkKey(1, new byte[32])]));
    static readonly PublicAddresses Addresses = new(new Uri("https://mail.example.org"), Signer);
    static readonly MessageKey Message = MessageKey.Of(EnrolmentId.Of(new JourneyId("welcome"), ContactId.Create(1, 0, 0), 1), "send", 1, "email");

    static MailFields Fields(bool opens = true, bool clicks = true, string eventJson = "{}") => Mails.FieldsOf(Mails.Ada(("id", Value.Of("a&b"))), eventJson) with
    {
        UnsubscribeLink = Addresses.Unsubscribe(new Partition(3), Message),
        ViewLink = Addresses.View(new Partition(3), Message),
        Tracking = new(Message, LinkTarget.MarkOf("welcome"), Addresses, opens ? Addresses.Open(new Partition(3), Message) : null, clicks ? Addresses.BeforeTarget(new Partition(3), Message) : null),
    };

    [GeneratedRegex("""https://mail\.example\.org/c/(?<token>[A-Za-z0-9_-]{48})/(?<seal>[A-Za-z0-9_-]+)""")]
    private static partial Regex Click();

    static List<LinkTarget> Targets(string html) =>
    [
        .. Click().Matches(html).Select(match =>
        {
            Assert.Equal(new LinkVerdict.Valid(new(LinkPurpose.Click, new Partition(3), Message)), Signer.Verify(match.Groups["token"].Value));
            return Assert.IsType<TargetVerdict.Valid>(Signer.Unseal(match.Groups["seal"].Value, Message)).Target;
        }),
    ];

    static List<(string Name, string Address)> TargetsOf(string html, string eventJson = "{}") =>
        [.. Targets(Mails.Html(html, Fields(eventJson: eventJson))).Select(target => (target.Name, target.Address))];

    [Theory]
    [InlineData("""<a href="https://x.example/?a=1&amp;b=2">x</a>""", "https://x.example/?a=1&b=2", "https://x.example/?a=1&b=2")]
    [InlineData("""<A class='b' HREF = 'http://x.example'>x</A>""", "http://x.example", "http://x.example")]
    [InlineData("<a href=https://x.example/y>x</a>", "https://x.example/y", "https://x.example/y")]
    [InlineData("""<a data-link="sale" href="https://x.example">x</a>""", "sale", "https://x.example")]
    [InlineData("""<map><area href="https://x.example"></map>""", "https://x.example", "https://x.example")]
    [InlineData("""<a href="https://x.example/{{contact.id}}?n={{contact.first_name}}">x</a>""", "https://x.example/{{contact.id}}?n={{contact.first_name}}", "https://x.example/a&b?n=Ada")]
    [InlineData("""<a href="https://x.example/{{#if contact.gone}}a{{else}}b{{/if}}" data-link="choice">x</a>""", "choice", "https://x.example/b")]
    [InlineData("""{{#if contact.id}}<a href="https://x.example/1">x</a>{{else}}<a href="https://x.example/2">x</a>{{/if}}""", "https://x.example/1", "https://x.example/1")]
    [InlineData("""<a {{#if contact.id}}href="https://x.example/1"{{else}}href="https://x.example/2"{{/if}}>x</a>""", "https://x.example/1", "https://x.example/1")]
    public void A_link_to_the_web_is_noticed_under_its_name_and_leads_where_it_did(string html, string name, string address) =>
        Assert.Equal([(name, address)], TargetsOf(html));

    [Fact]
    public void Each_turn_of_a_loop_has_an_address_of_its_own() =>
        Assert.Equal(
            [("https://x.example/{{id}}", "https://x.example/1"), ("https://x.example/{{id}}", "https://x.example/2")],
            TargetsOf("""{{#each event.items}}<a href="https://x.example/{{id}}">{{name}}</a>{{/each}}""", """{"items":[{"id":"1","name":"a"},{"id":"2","name":"b"}]}"""));

    /// <summary>Whoever fills in a property of their own must not get an address under the sender's name that leads where they like.</summary>
    [Theory]
    [InlineData("{{contact.first_name}}")]
    [InlineData("https://{{contact.first_name}}/")]
    [InlineData("https://x.example{{contact.first_name}}")]
    [InlineData("https://x.example@{{contact.first_name}}/")]
    [InlineData("https://x.example:{{contact.first_name}}/")]
    [InlineData("https:///{{contact.first_name}}")]
    [InlineData("{{#if contact.id}}https://x.example/{{/if}}")]
    public void A_field_in_the_place_of_the_host_is_left_alone(string address) =>
        Assert.DoesNotContain("/c/", Mails.Html($"""<a href="{address}">x</a>""", Fields(opens: false)), StringComparison.Ordinal);

    [Theory]
    [InlineData("""<a href="https://x.example" data-track="no">x</a>""")]
    [InlineData("""<a data-track=NO href="https://x.example/{{contact.id}}">x</a>""")]
    [InlineData("""<a href="mailto:ada@example.org">x</a>""")]
    [InlineData("""<a href="mailto:{{contact.email}}">x</a>""")]
    [InlineData("""<a href="tel:+41000">x</a>""")]
    [InlineData("""<a href="#top">x</a>""")]
    [InlineData("""<a href="/relative">x</a>""")]
    [InlineData("""<a name="https://x.example">x</a>""")]
    [InlineData("""<link href="https://x.example/style.css">""")]
    [InlineData("""<!-- <a href="https://x.example">x</a> -->""")]
    [InlineData("""<p title="<a href='https://x.example'>">x</p>""")]
    [InlineData("""<title><a href="https://x.example"></title>""")]
    public void Everything_else_stays_as_it_is(string html)
    {
        var tracked = Mails.Html(html, Fields(opens: false));

        Assert.DoesNotContain("/c/", tracked, StringComparison.Ordinal);
        Assert.Equal(Mails.Html(html, Fields() with { Tracking = null }), tracked);
    }

    [Fact]
    public void The_recipients_own_links_are_never_noticed()
    {
        var html = Mails.Html("""<a href="{{links.unsubscribe}}">out</a><a href="{{links.view}}">view</a><a href="{{#if contact.id}}{{@root.links.view}}{{/if}}">view</a><a href="{{event.own}}">own</a>""", Fields(eventJson: $$"""{"own":"{{Addresses.View(new Partition(3), Message)}}"}"""));

        Assert.Empty(Targets(html));
        Assert.Equal(3, Regex.Count(html, "mail.example.org/v/"));
    }

    [Fact]
    public void A_link_that_begins_a_block_and_does_not_end_it_is_left_alone()
    {
        const string Html = """{{#if contact.id}}<a href="https://x.example/{{else}}<a href="https://y.example/{{/if}}z">x</a>""";

        Assert.Equal(Mails.Html(Html, Fields() with { Tracking = null }), Mails.Html(Html, Fields(opens: false)));
    }

    [Fact]
    public void With_nothing_to_be_noticed_the_mail_is_as_it_was_written()
    {
        const string Html = """<body><a href="https://x.example/?a=1&amp;b={{contact.id}}">x</a><a href="https://x.example/?a=1&amp;b=2">y</a></body>""";

        Assert.Equal("""<body><a href="https://x.example/?a=1&amp;b=a&amp;b">x</a><a href="https://x.example/?a=1&amp;b=2">y</a></body>""", Mails.Html(Html, Fields() with { Tracking = null }));
    }

    [Fact]
    public void An_image_at_the_end_of_the_body_tells_of_an_open()
    {
        var html = Mails.Html("<html><body><p>x</p></body></html>", Fields());
        var without = TrackingMarks.WithoutImage(html);

        Assert.Contains($"src=\"{Addresses.Open(new Partition(3), Message)}\"></body>", html, StringComparison.Ordinal);
        Assert.Equal("<html><body><p>x</p></body></html>", without);
        Assert.Equal(without, Mails.Html("<html><body><p>x</p></body></html>", Fields(opens: false)));
    }

    [Fact]
    public void Addresses_in_the_text_stay_readable()
    {
        var mail = Assert.IsType<RenderOutcome.Mail>(Mails.Outcome(Mails.Mail(html: """<p>To <a href="https://x.example/{{contact.id}}">the shop</a></p>"""), Fields()));

        Assert.Single(Targets(mail.Html));
        Assert.Contains("https://x.example/a&b", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/c/", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/o/", mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{parcoursLink 0}}"), InlineData("{{#parcoursLinkTo 0}}x{{/parcoursLinkTo}}"), InlineData("{{parcoursOpen 0}}")]
    public void Authors_cannot_write_our_marks(string html) =>
        Assert.Contains(CompiledContent.Compile(Mails.Mail(html: html)).Problems, problem => problem.Severity == Parcours.Journeys.Definitions.Severity.Error);
}
