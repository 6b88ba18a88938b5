using Parcours.Channels.Content;
using static Parcours.Channels.Tests.Content.Mails;

namespace Parcours.Channels.Tests.Content;

public class PlainTextTests
{
    [Theory]
    [InlineData("<p>One\n  two</p><p>Three<br>four</p>", "One two\n\nThree\nfour\n")]
    [InlineData("<h1>Title</h1><div>a</div><div>b</div>", "Title\n\na\nb\n")]
    [InlineData("<ul><li>a</li><li>b</li></ul>end", "- a\n- b\n\nend\n")]
    [InlineData("<a href=\"https://example.org/x\">Shop</a>, <a href=\"https://example.org\">https://example.org</a>", "Shop (https://example.org/x), https://example.org\n")]
    [InlineData("<a href=\"mailto:ada@example.org\">ada@example.org</a><a href=\"#top\">up</a>", "ada@example.orgup\n")]
    [InlineData("<a href=\"https://example.org/x\"><img src=\"x.png\" alt=\"Our shop\"></a>", "Our shop (https://example.org/x)\n")]
    [InlineData("<style>p{}</style><script>x()</script><p hidden>a</p><p style=\"display: none\">b</p>c", "c\n")]
    [InlineData("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc\n")]
    [InlineData("1 &lt; 2 &amp;&nbsp;3", "1 < 2 & 3\n")]
    [InlineData("a<hr>b", "a\n\n----------\n\nb\n")]
    [InlineData("<style>p{}</style>", "")]
    public void The_text_says_what_the_html_says(string html, string expected) => Assert.Equal(expected, PlainText.OfHtml(html));

    [Theory]
    [InlineData("<p>Dear {{contact.first_name}},</p><p>bye &amp; thanks</p>", "Dear Ada,\n\nbye & thanks\n")]
    [InlineData("<table>{{#each event.items}}<tr><td>{{name}}</td><td>{{qty}}</td></tr>{{/each}}</table>", "Tea & <milk> 2\nCup 1\n")]
    [InlineData("<ul>{{#each event.items}}<li>{{name}}</li>{{/each}}</ul>", "- Tea & <milk>\n- Cup\n")]
    [InlineData("<a href=\"https://example.org/{{contact.first_name}}\">see</a>", "see (https://example.org/Ada)\n")]
    [InlineData("<p {{#if contact.first_name}}class=\"x\"{{/if}}>a</p>{{#if contact.nick}}<p>b</p>{{else}}<p>c</p>{{/if}}", "a\n\nc\n")]
    [InlineData("<title>{{journey.name}}</title><p>a {{! note }}b</p>", "a b\n")]
    [InlineData("<p>\\{{kept}} &#123;&#123;too}}</p>", "{{kept}} {{too}}\n")]
    [InlineData("{{#if contact.first_name}}<div>{{else}}<div class=\"x\">{{/if}}a</div>", "a\n")]
    public void Derived_text_is_filled_in_like_the_html_and_not_escaped(string html, string expected)
    {
        var mail = Assert.IsType<RenderOutcome.Mail>(Outcome(Mail(html: html), FieldsOf(Ada(), """{"items":[{"name":"Tea & <milk>","qty":2},{"name":"Cup","qty":1}]}""")));

        Assert.Equal(expected, Collapse(mail.Text));
    }

    [Fact]
    public void The_text_template_of_an_ordinary_mail_is_made_once_a_version()
    {
        const string Html = "<html><body><table>{{#each event.items}}<tr><td>{{name}}</td></tr>{{/each}}</table><p>{{contact.x}}</p></body></html>";

        var template = PlainText.TemplateOfHtml(Html, TemplateScanner.Scan(Html, (_, _, _) => { }));

        Assert.NotNull(template);
        Assert.Contains("{{#each event.items}}", template, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("div")]
    [InlineData("b")]
    public void Html_nested_without_end_becomes_text_without_harm(string element)
    {
        var html = "a" + string.Concat(Enumerable.Repeat($"<{element}>", 60_000)) + "b";

        Assert.Equal("", PlainText.OfHtml(html));
        Assert.Equal([ContentCodes.Size], ContentCheck.Check(Mail(html: html + "{{links.unsubscribe}}")).Select(problem => problem.Code));
        Assert.StartsWith("a", PlainText.OfHtml("a" + string.Concat(Enumerable.Repeat($"<{element}>", 1_900)) + "b"), StringComparison.Ordinal);
    }

    /// <summary>How many empty lines conditions leave behind is no matter here.</summary>
    static string Collapse(string text) => System.Text.RegularExpressions.Regex.Replace(text, "\n{3,}", "\n\n").TrimStart('\n');
}
