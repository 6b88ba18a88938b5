using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Parcours.Channels.Pages;

namespace Parcours.Channels.Tests.Pages;

public class PublicPageTests
{
    public static TheoryData<UnsubscribeState, string> StatesAndLanguages
    {
        get
        {
            var all = new TheoryData<UnsubscribeState, string>();
            foreach (var state in Enum.GetValues<UnsubscribeState>())
                foreach (var language in new[] { "en", "fr", "it" })
                    all.Add(state, language);
            return all;
        }
    }

    static IHtmlDocument Read(PublicPage page) => new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocument(page.Html);

    [Theory]
    [MemberData(nameof(StatesAndLanguages))]
    public void Every_page_is_sound_says_its_language_and_needs_nothing_but_itself(UnsubscribeState state, string language)
    {
        foreach (var page in new[] { UnsubscribePage.Render(state, language, "News", "ada@example.org", "Tea Shop"), UnsubscribePage.Render(state, language), ViewPage.RenderAbsence((ViewAbsence)((int)state % 3), language) })
        {
            var document = Read(page);

            Assert.Equal(language, document.DocumentElement.GetAttribute("lang"));
            Assert.Single(document.QuerySelectorAll("h1"));
            Assert.Single(document.QuerySelectorAll("main"));
            Assert.NotEmpty(document.Title!);
            Assert.NotNull(document.QuerySelector("meta[name=viewport]"));
            Assert.Empty(document.QuerySelectorAll("script, link, img, iframe, [style], [onclick]"));
            Assert.DoesNotMatch(@"\{\w+\}|https?:", document.Body!.TextContent);
        }
    }

    [Fact]
    public void The_one_style_is_the_one_that_the_policy_allows()
    {
        var page = UnsubscribePage.Render(UnsubscribeState.Ask, "en");

        var style = Read(page).QuerySelector("style")!.TextContent;

        Assert.Contains($"style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'", page.ContentSecurityPolicy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page.ContentSecurityPolicy, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme:dark", style, StringComparison.Ordinal);
    }

    /// Semantics 10.9
    [Fact]
    public void Asking_offers_one_button_that_posts_to_the_page_s_own_address_and_nothing_else_does()
    {
        var ask = Read(UnsubscribePage.Render(UnsubscribeState.Ask, "en", "News", "ada@example.org"));

        var form = Assert.IsAssignableFrom<IHtmlFormElement>(Assert.Single(ask.QuerySelectorAll("form")));
        Assert.Equal(("post", null), (form.Method, form.GetAttribute("action")));
        Assert.Equal("submit", Assert.Single(form.QuerySelectorAll("button")).GetAttribute("type"));
        Assert.Equal("One-Click", form.QuerySelector("input[name=List-Unsubscribe]")!.GetAttribute("value"));
        foreach (var state in Enum.GetValues<UnsubscribeState>().Where(state => state != UnsubscribeState.Ask))
            Assert.Empty(Read(UnsubscribePage.Render(state, "en")).QuerySelectorAll("form, button"));
    }

    [Theory]
    [InlineData(UnsubscribeState.Ask, new[] { "", "save", "all" })]
    [InlineData(UnsubscribeState.Done, new[] { "again", "save", "all" })]
    [InlineData(UnsubscribeState.Already, new[] { "again", "save", "all" })]
    [InlineData(UnsubscribeState.DoneAll, new[] { "again-all", "save" })]
    [InlineData(UnsubscribeState.AlreadyAll, new[] { "again-all", "save" })]
    [InlineData(UnsubscribeState.Saved, new[] { "save", "all" })]
    [InlineData(UnsubscribeState.Again, new[] { "save", "all" })]
    [InlineData(UnsubscribeState.Unknown, new string[0])]
    public void Each_state_offers_what_can_be_done_next_in_forms_that_need_no_script(UnsubscribeState state, string[] acts)
    {
        foreach (var language in new[] { "en", "fr", "it" })
        {
            var document = Read(UnsubscribePage.Render(state, language, "News", "ada@example.org", null, [new("news", "<b>News</b>", true), new("a&b", "A & B", false)]));

            Assert.Equal(acts, document.QuerySelectorAll("form").Select(form => form.QuerySelector("input[name=do]")?.GetAttribute("value") ?? ""));
            Assert.All(document.QuerySelectorAll("form"), form => Assert.Equal(("post", null), (form.GetAttribute("method"), form.GetAttribute("action"))));
            Assert.All(document.QuerySelectorAll("form"), form => Assert.Single(form.QuerySelectorAll("button[type=submit]")));
            var boxes = document.QuerySelectorAll("fieldset input[type=checkbox]");
            Assert.Equal(acts.Contains("save") ? [("news", true, "<b>News</b>"), ("a&b", false, "A & B")] : Array.Empty<(string, bool, string)>(),
                boxes.Select(box => (box.GetAttribute("value")!, box.HasAttribute("checked"), box.ParentElement!.TextContent)));
            Assert.All(boxes, box => Assert.Equal("LABEL", box.ParentElement!.TagName));
            Assert.Equal(boxes.Length > 0 ? 1 : 0, document.QuerySelectorAll("fieldset legend").Length);
        }
    }

    /// Semantics 10.9
    [Theory]
    [InlineData(UnsubscribeState.Ask, 200)]
    [InlineData(UnsubscribeState.Done, 200)]
    [InlineData(UnsubscribeState.Already, 200)]
    [InlineData(UnsubscribeState.Revoked, 410)]
    [InlineData(UnsubscribeState.Unknown, 404)]
    [InlineData(UnsubscribeState.Failed, 503)]
    public void Each_state_has_its_status(UnsubscribeState state, int status) => Assert.Equal(status, UnsubscribePage.Render(state, "fr").Status);

    [Fact]
    public void Names_are_escaped_and_the_address_is_shown_in_part_only()
    {
        var page = UnsubscribePage.Render(UnsubscribeState.Ask, "en", "<b>{address}</b>", "ada.lovelace@example.org", "<i>Shop");
        var document = Read(page);

        Assert.Empty(document.QuerySelectorAll("b, i"));
        Assert.Contains("“<b>{address}</b>” at a•••@example.org", document.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("lovelace", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fr-CH", "it", "fr")]
    [InlineData("de", "it-IT,it;q=0.9,en;q=0.8", "it")]
    [InlineData(null, "de, fr;q=0.5, en;q=0.7", "en")]
    [InlineData(null, "fr;q=0, it;q=0.1", "it")]
    [InlineData(null, "*", "en")]
    [InlineData(null, ";;q=x,,", "en")]
    [InlineData("", null, "en")]
    public void A_page_speaks_the_contact_s_language_else_the_browser_s_else_English(string? contact, string? browser, string expected) =>
        Assert.Equal(expected, PublicPage.ChooseLanguage(contact, browser));

    [Fact]
    public void Every_language_has_every_text_with_the_same_places_and_none_is_left_over()
    {
        var english = PageTexts.For("en");
        static string Places(string text) => string.Join(' ', Regex.Matches(text, @"\{\w+\}").Select(match => match.Value).Order(StringComparer.Ordinal));

        foreach (var language in PublicPage.Languages)
        {
            var texts = PageTexts.For(language);
            Assert.Equal(english.Keys.Order(StringComparer.Ordinal), texts.Keys.Order(StringComparer.Ordinal));
            Assert.All(texts, text => Assert.NotEmpty(text.Value));
            Assert.All(texts, text => Assert.Equal(Places(english[text.Key]), Places(text.Value)));
            Assert.Equal(language, texts["language"]);
        }
    }

    [Fact]
    public void A_mail_shown_in_a_browser_is_what_was_sent_and_can_run_nothing()
    {
        const string Html = "<html><body><script>x()</script><p>Hi</p></body></html>";

        var page = ViewPage.Render("en", "Hi", Html, "Hi");

        Assert.Equal((200, Html), (page.Status, page.Html));
        Assert.StartsWith("sandbox", page.ContentSecurityPolicy, StringComparison.Ordinal);
        Assert.DoesNotContain("script", page.ContentSecurityPolicy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page.ContentSecurityPolicy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mail_of_text_alone_is_shown_as_text()
    {
        var document = Read(ViewPage.Render("fr", "<Bonjour>", "", "a < b\n  c"));

        Assert.Equal(("fr", "<Bonjour>", "a < b\n  c"), (document.DocumentElement.GetAttribute("lang"), document.Title, document.QuerySelector("pre")!.TextContent));
    }
}
