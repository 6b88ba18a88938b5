using System.Globalization;
using System.Text.Json;
using AngleSharp.Html.Parser;
using FsCheck;
using FsCheck.Fluent;
using Parcours.Channels.Content;
using Parcours.Journeys.Contacts;
using static Parcours.Channels.Tests.Content.Mails;

namespace Parcours.Channels.Tests.Content;

public class RenderTests
{
    static readonly string[] Awkward = JsonSerializer.Deserialize<string[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "blns.json")))!;

    static readonly CompiledContent Greeting = CompiledContent.Compile(Mail(
        html: "<html><body><p class=\"{{contact.name}}\">Dear <b>{{default contact.name \"friend\"}}</b>,</p><a href='https://example.org/?q={{contact.name}}'>x</a></body></html>",
        subject: "Hello {{default contact.name \"friend\"}}!",
        preheader: "For {{default contact.name \"friend\"}}"));

    static RenderOutcome.Mail Greet(string name) => Assert.IsType<RenderOutcome.Mail>(Greeting.Render(FieldsOf(Ada(("name", Value.Of(name))))));

    static void NameStandsAsText(string name, RenderOutcome.Mail mail)
    {
        var document = new HtmlParser().ParseDocument(mail.Html);
        // HTML itself reads NUL, CR and half surrogates as other characters; all else must come back as it was.
        var read = name.Replace('\0', '\uFFFD').ReplaceLineEndings("\n");
        Assert.Equal(read, document.QuerySelector("b")!.TextContent.ReplaceLineEndings("\n"));
        Assert.Equal(read, document.QuerySelector("p")!.GetAttribute("class")!.ReplaceLineEndings("\n"));
        Assert.Equal("https://example.org/?q=" + read, document.QuerySelector("a")!.GetAttribute("href")!.ReplaceLineEndings("\n"));
        Assert.Equal(["html", "head", "body", "div", "p", "b", "a"], document.All.Select(element => element.LocalName));
    }

    /// <summary>A link is signed for each mail where words may show it, and for none where they do not.</summary>
    [Theory]
    [InlineData("{{links.view}}", true)]
    [InlineData("{{#with links}}{{view}}{{/with}}", true)]
    [InlineData("{{links.unsubscribe}}", false)]
    [InlineData("A fine view", false)]
    public void Content_says_whether_it_names_the_link_to_see_it_in_a_browser(string text, bool names)
    {
        Assert.Equal(names, CompiledContent.Compile(EmailContent.InOneLanguage("hello", "en", new("Hello", Text: text))).NamesViewLink);
        Assert.Equal(names, CompiledContent.Compile(EmailContent.InOneLanguage("hello", "en", new("Hello", Html: $"<p>{text}</p>"))).NamesViewLink);
    }

    [Fact]
    public void Every_awkward_name_is_greeted_as_it_is_and_escaped()
    {
        foreach (var name in Awkward.Where(name => !string.IsNullOrWhiteSpace(name)))
        {
            var mail = Greet(name);

            NameStandsAsText(name, mail);
            Assert.DoesNotContain(mail.Subject, char.IsControl);
            Assert.Contains(name.Trim().Length > 0 ? "Hello" : "", mail.Subject, StringComparison.Ordinal);
            Assert.Contains($"Dear {name},", mail.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_blank_name_gets_the_fall_back() => Assert.Equal("Hello friend!", Greet("   ").Subject);

    [Fact]
    public void No_value_reaches_html_unescaped() =>
        Prop.ForAll(
            ArbMap.Default.GeneratorFor<string>().Where(text => !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsSurrogate)).ToArbitrary(),
            name => NameStandsAsText(name, Greet(name))).QuickCheckThrowOnFailure();

    [Fact]
    public void The_preheader_stands_first_in_the_body_out_of_sight_and_escaped()
    {
        var html = Greet("<i>").Html;

        Assert.StartsWith("<html><body><div style=\"display:none", html, StringComparison.Ordinal);
        Assert.Contains("For &lt;i&gt;</div>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("For <i>", Greet("<i>").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Marketing_mail_gets_a_link_to_unsubscribe_where_its_author_put_none()
    {
        var content = CompiledContent.Compile(Mail(html: "<html><body><p>Hi</p></body></html>"));
        var fields = FieldsOf(Ada(), language: "fr");

        var transactional = Assert.IsType<RenderOutcome.Mail>(content.Render(fields));
        var marketing = Assert.IsType<RenderOutcome.Mail>(content.Render(fields with { Marketing = true }));

        Assert.DoesNotContain("TOKEN", transactional.Html + transactional.Text, StringComparison.Ordinal);
        Assert.EndsWith("Unsubscribe</a></p></body></html>", marketing.Html, StringComparison.Ordinal);
        Assert.Equal("Hi\n\n-- \nUnsubscribe: https://example.org/u/TOKEN\n", marketing.Text);
    }

    [Fact]
    public void Marketing_mail_whose_author_hid_the_link_behind_a_condition_gets_it_all_the_same()
    {
        var content = CompiledContent.Compile(Mail(html: "<p>Hi</p>{{#if contact.vip}}<a href=\"{{links.unsubscribe}}\">stop</a>{{/if}}"));

        var mail = Assert.IsType<RenderOutcome.Mail>(content.Render(FieldsOf(Ada()) with { Marketing = true }));

        Assert.Contains("href=\"https://example.org/u/TOKEN\"", mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Marketing_mail_with_a_link_of_its_own_gets_no_second()
    {
        var content = CompiledContent.Compile(Mail(html: "<p>Hi</p><a href=\"{{links.unsubscribe}}\">stop</a>"));

        var mail = Assert.IsType<RenderOutcome.Mail>(content.Render(FieldsOf(Ada()) with { Marketing = true }));

        Assert.Equal("<p>Hi</p><a href=\"https://example.org/u/TOKEN\">stop</a>", mail.Html);
        Assert.Equal("Hi\n\nstop (https://example.org/u/TOKEN)\n", mail.Text);
    }

    [Fact]
    public void Content_with_errors_fails_every_mail_and_says_why()
    {
        var failed = Assert.IsType<RenderOutcome.Failed>(CompiledContent.Compile(Mail(text: "{{shout 1}}")).Render(FieldsOf(Ada())));

        Assert.Equal(RenderFailure.Content, failed.Code);
        Assert.Contains("shout", failed.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_threads_render_one_content_in_many_languages_and_none_sees_another_s()
    {
        const string Template = "{{number contact.n \"N1\"}} {{#each event.a}}{{this}}{{/each}}";
        var content = CompiledContent.Compile(new EmailContent
        {
            Name = "n",
            DefaultLanguage = "en",
            Texts = new[] { "en", "fr", "it" }.ToDictionary(language => language, _ => new EmailText("n", Text: Template)),
        });

        Parallel.For(0, 4_000, i =>
        {
            var language = (i % 3) switch { 0 => "en", 1 => "fr", _ => "it" };
            var number = (i + 0.5m).ToString("N1", CultureInfo.GetCultureInfo(language));

            var mail = Assert.IsType<RenderOutcome.Mail>(content.Render(FieldsOf(Ada(("n", Value.Of(i + 0.5m))), $$"""{"a":[{{i}}]}""", language)));

            Assert.Equal($"{number} {i}", mail.Text);
        });
    }
}
