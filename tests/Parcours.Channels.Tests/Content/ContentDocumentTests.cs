using System.Text;
using Parcours.Channels.Content;
using Parcours.Journeys.Definitions;

namespace Parcours.Channels.Tests.Content;

public class ContentDocumentTests
{
    static IReadOnlyList<Problem> Check(string json) => new StoredContentCheck().Check("welcome", Encoding.UTF8.GetBytes(json));

    static string[] ErrorsOf(string json) => [.. Check(json).Where(problem => problem.Severity == Severity.Error).Select(problem => $"{problem.Code} {problem.Path}")];

    [Fact]
    public void Content_may_be_in_one_language_or_in_several()
    {
        var problems = new List<Problem>();

        var one = ContentDocument.Read("welcome", """{"subject":"Hi","html":"<p>x</p>"}"""u8.ToArray(), problems)!;
        var several = ContentDocument.Read("welcome", """{"name":"welcome","defaultLanguage":"fr","texts":{"en":{"subject":"Hi","text":"x"},"fr":{"subject":"Salut","preheader":"p","text":"y"}}}"""u8.ToArray(), problems)!;

        Assert.Empty(problems);
        Assert.Equal(("en", new EmailText("Hi", null, "<p>x</p>")), (one.DefaultLanguage, one.Texts["en"]));
        Assert.Equal(("fr", new EmailText("Salut", "p", null, "y")), (several.DefaultLanguage, several.Texts["fr"]));
    }

    [Theory]
    [InlineData("{", "content.json ")]
    [InlineData("[]", "content.json ")]
    [InlineData("""{"subject":"\ud800","text":"x"}""", "content.json ")]
    [InlineData("""{"subject":"Hi","text":"x","htlm":"y"}""", "content.json /htlm")]
    [InlineData("""{"subject":5,"text":["x"]}""", "content.json /subject", "content.json /text")]
    [InlineData("""{"name":"other","kind":"sms","subject":"Hi","text":"x"}""", "content.json /kind", "content.name /name")]
    [InlineData("""{"texts":{"en":{"subject":"Hi","text":"x","a/b":1},"fr":"no"},"subject":"Hi"}""", "content.json /subject", "content.json /texts/en/a~1b", "content.json /texts/fr")]
    [InlineData("""{"subject":"Hi","text":"{{#if contact.a}}"}""", "content.block /text")]
    [InlineData("""{"texts":{"fr":{"subject":"{{","html":"<p>{{shout 1}}</p>"}}}""", "content.template /texts/fr/subject", "content.helper /texts/fr/html")]
    [InlineData("{}", "content.subject /subject", "content.body ")]
    public void What_is_wrong_with_a_document_is_told_at_once_each_with_its_pointer(string json, params string[] expected) => Assert.Equal(expected, ErrorsOf(json));

    [Fact]
    public void A_problem_tells_its_place_to_a_screen()
    {
        var problem = Check("""{"subject":"Hi","text":"a\n {{shout 1}}{{links.unsubscribe}}"}""").Single();

        Assert.Equal([("column", "4"), ("language", "en"), ("line", "2"), ("part", "text")], problem.Arguments!.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value)));
    }
}
