using FsCheck;
using FsCheck.Fluent;
using Parcours.Channels.Content;
using Parcours.Journeys.Definitions;

namespace Parcours.Channels.Tests.Content;

public class ContentCheckTests
{
    static string[] ProblemsOf(string text) => [.. ContentCheck.Check(Mails.Mail(text: text + " {{links.unsubscribe}}")).Select(problem => $"{problem.Code} {problem.Line}:{problem.Column}")];

    static string[] HtmlProblemsOf(string html) => [.. ContentCheck.Check(Mails.Mail(html: html + " {{links.unsubscribe}}")).Select(problem => $"{problem.Code} {problem.Line}:{problem.Column}")];

    [Theory]
    [InlineData("{{contact.name", "content.template 1:1")]
    [InlineData("a\n  {{}}", "content.template 2:3")]
    [InlineData("{{contact.name}", "content.template 1:1")]
    [InlineData("{{default contact.name \"x}}", "content.template 1:1")]
    [InlineData("{{#if (eq contact.a 1}}x{{/if}}", "content.template 1:7")]
    [InlineData("{{contact.na€me}}", "content.template 1:13")]
    [InlineData("{{{{raw}}}}{{{{/raw}}}}", "content.template 1:1")]
    [InlineData("{{!-- never ends", "content.template 1:1")]
    [InlineData("{{#if contact.a}}", "content.block 1:1")]
    [InlineData("{{#each event.a}}{{#if this.a}}{{/each}}", "content.block 1:18")]
    [InlineData("x{{/if}}", "content.block 1:2")]
    [InlineData("{{else}}", "content.block 1:1")]
    [InlineData("{{#if contact.a}}1{{else}}2{{else}}3{{/if}}", "content.block 1:28")]
    [InlineData("{{shout contact.a}}", "content.helper 1:3")]
    [InlineData("{{#if (shout contact.a)}}{{/if}}", "content.helper 1:7")]
    [InlineData("{{#loop contact.a}}{{/loop}}", "content.helper 1:1")]
    [InlineData("{{lookup contact.a \"a\"}}", "content.helper 1:3")]
    [InlineData("{{^if contact.a}}{{/if}}", "content.helper 1:1")]
    [InlineData("{{default contact.a}}", "content.value 1:3")]
    [InlineData("{{eq contact.a 1 2}}", "content.value 1:3")]
    [InlineData("{{#if contact.a contact.b}}{{/if}}", "content.value 1:1")]
    [InlineData("{{number contact.a \"C9\"}}", "content.value 1:20")]
    [InlineData("{{money contact.a \"pounds\"}}", "content.value 1:19")]
    [InlineData("{{date contact.a \"yyyy\"}}", "content.value 1:18")]
    [InlineData("{{default contact.a fallback=\"x\"}}", "content.value 1:21")]
    [InlineData("{{first_name}}", "content.field 1:3")]
    [InlineData("{{contcat.name}}", "content.field 1:3")]
    [InlineData("{{contact}}", "content.field 1:3")]
    [InlineData("{{journey.owner}}", "content.field 1:3")]
    [InlineData("{{links.home}}", "content.field 1:3")]
    [InlineData("{{parcours.x}}", "content.field 1:3")]
    [InlineData("{{@index}}", "content.field 1:3")]
    [InlineData("{{@root.name}}", "content.field 1:3")]
    [InlineData("{{../contact.a}}", "content.field 1:3")]
    [InlineData("{{#each event.a}}{{contact.name}}{{/each}}", "content.field 1:20")]
    [InlineData("{{> footer}}", "content.partial 1:1")]
    [InlineData("{{#> layout}}x", "content.partial 1:1")]
    [InlineData("{{* decorator}}", "content.partial 1:1")]
    public void A_problem_in_a_template_has_a_code_and_a_place(string template, string expected) => Assert.Equal([expected], ProblemsOf(template));

    [Theory]
    [InlineData("<p>{{{contact.a}}}</p>", "content.unescaped 1:4")]
    [InlineData("<p>{{&contact.a}}</p>", "content.unescaped 1:4")]
    [InlineData("<a href={{contact.a}}>x</a>", "content.unescaped 1:9")]
    [InlineData("<script>var x = '{{contact.a}}'</script>", "content.unescaped 1:18")]
    [InlineData("<style>p{color:{{contact.a}}}</style>", "content.unescaped 1:16")]
    public void Fields_in_html_stand_only_where_escaping_protects(string html, string expected) => Assert.Equal([expected], HtmlProblemsOf(html));

    [Theory]
    [InlineData("<a href=\"{{contact.a}}\" title='{{contact.b}}'>x</a> 1 < 2 {{contact.c}}")]
    [InlineData("<p {{#if contact.a}}class=\"x\"{{/if}}>{{contact.a}}</p>")]
    [InlineData("<style>p{color:red}</style><p>{{contact.a}}</p>")]
    [InlineData("<!--[if mso]><table><![endif]--><p>{{contact.a}}</p><!-- it's --><b>{{contact.b}}</b>")]
    [InlineData("{{#if contact.a}}{{#each event.b as |x i|}}{{x.y}}{{i}}{{@key}}{{this}}{{../contact.z}}{{@root.contact.z}}{{else}}{{contact.q}}{{/each}}{{~else if (gt contact.a 3)~}}1{{else}}2{{/if}}")]
    [InlineData("{{default (money event.total event.currency) (default contact.x 'it''s')}}")]
    public void Sound_html_has_no_problem(string html)
    {
        var sound = html.Replace("'it''s'", "\"it's\"", StringComparison.Ordinal);

        Assert.Empty(HtmlProblemsOf(sound));
    }

    [Fact]
    public void Every_problem_is_told_at_once_in_the_order_of_its_place()
    {
        var problems = ContentCheck.Check(Mails.Mail(html: "<p>{{shout 1}}\n{{> x}}{{nobody}}</p>{{#if contact.a}}", subject: "{{contact"));

        Assert.Equal(
            [(ContentPart.Subject, "content.template"), (ContentPart.Html, "content.helper"), (ContentPart.Html, "content.partial"), (ContentPart.Html, "content.field"), (ContentPart.Html, "content.block"), (ContentPart.Html, "content.unsubscribe")],
            problems.Select(problem => (problem.Part, problem.Code)));
        Assert.Equal([1, 1, 2, 2, 2, null], problems.Select(problem => problem.Line));
    }

    [Fact]
    public void Content_needs_a_name_a_subject_a_body_and_its_default_language()
    {
        var content = new EmailContent { Name = " ", DefaultLanguage = "fr", Texts = new Dictionary<string, EmailText> { ["en"] = new(" "), ["klingon!"] = new("x", Text: "x{{links.unsubscribe}}") } };

        Assert.Equal(
            [("content.name", null), ("content.language", "fr"), ("content.language", "klingon!"), ("content.subject", "en"), ("content.body", "en")],
            ContentCheck.Check(content).Select(problem => (problem.Code, problem.Language)));
    }

    [Fact]
    public void Mail_without_an_unsubscribe_link_is_warned_of_and_not_refused()
    {
        var problem = Assert.Single(ContentCheck.Check(Mails.Mail(text: "Hello")));

        Assert.Equal((ContentCodes.NoUnsubscribe, Severity.Warning), (problem.Code, problem.Severity));
    }

    [Fact]
    public void A_part_over_512_KB_is_refused_and_one_of_512_KB_is_not()
    {
        var largest = "{{links.unsubscribe}}" + new string('x', 512 * 1024 - 21);

        Assert.Empty(ContentCheck.Check(Mails.Mail(html: largest)));
        Assert.Equal([ContentCodes.Size], ContentCheck.Check(Mails.Mail(html: largest + "x")).Select(problem => problem.Code));
        Assert.Equal([ContentCodes.Size], ContentCheck.Check(Mails.Mail(html: string.Concat(Enumerable.Repeat("{{links.view}}", 4_001)) + "{{links.unsubscribe}}")).Select(problem => problem.Code));
    }

    [Fact]
    public void Blocks_nested_without_end_are_refused_rather_than_compiled()
    {
        var deep = string.Concat(Enumerable.Repeat("{{#if contact.a}}", 1_500)) + string.Concat(Enumerable.Repeat("{{/if}}", 1_500));
        var brackets = "{{#if " + string.Concat(Enumerable.Repeat("(eq 1 ", 5_000)) + new string(')', 5_000) + "}}{{/if}}";

        Assert.Contains(ProblemsOf(deep), problem => problem.StartsWith(ContentCodes.Block, StringComparison.Ordinal));
        Assert.Contains(ProblemsOf(brackets), problem => problem.StartsWith(ContentCodes.Template, StringComparison.Ordinal));
    }

    /// <summary>What the check passes compiles and renders or fails by the typed failure; whatever it is given, nothing throws.</summary>
    [Fact]
    public void Whatever_is_put_together_from_pieces_of_templates_is_refused_or_renders_or_fails_with_a_reason()
    {
        string[] pieces =
        [
            "{{", "}}", "{{{", "}}}", "{{#if ", "{{#each ", "{{#with ", "{{/if}}", "{{/each}}", "{{/with}}", "{{else}}", "{{else if ", "contact.first_name", "event.items", "event.a.b", "this", "../", "@index", "@root.contact.x",
            "(eq ", "(default ", "default ", "number ", "money ", "date ", ")", "\"N2\"", "\"", "'", "1", "-2.5", "true", " ", "\n", "<p>", "</p>", "<a href=\"", "\">", "~", "!", "!--", "--", "&", "^", ">", "*", "as |x i|", "x", "\\", "[", "]", "|", "=", ".", "/",
            "{{contact.first_name}}", "{{#if contact.a}}", "{{#each event.items}}", "{{name}}", "{{x.name}}", "{{event.total}}", "{{links.unsubscribe}}",
        ];
        var templates = Gen.ArrayOf(Gen.Elements(pieces)).Select(string.Concat);
        var fields = Mails.FieldsOf(Mails.Ada(), """{"items":[{"name":"<Tea>"},{"name":null}],"total":3,"a":{"b":[1]}}""");
        var rendered = 0;

        Prop.ForAll(templates.ToArbitrary(), template =>
        {
            foreach (var content in new[] { Mails.Mail(html: template), Mails.Mail(text: template), Mails.Mail(text: "x", subject: template, preheader: template) })
                if (CompiledContent.Compile(content) is var compiled && compiled.Render(fields) is RenderOutcome.Mail && compiled.IsSound)
                    rendered++;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

        Assert.True(rendered > 25, $"Only {rendered} of the templates rendered: the pieces say too little.");
    }
}
