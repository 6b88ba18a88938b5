using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Parcours.Channels.Content;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;

namespace Parcours.Channels.Tests.Content;

/// <summary>docs/content.md is true: its documents and templates pass, its examples give what they say, its lists are complete.</summary>
public class ContentDocsTests
{
    static readonly string Docs = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "content.md")).ReplaceLineEndings("\n");

    static IEnumerable<string> Blocks(string kind) => Regex.Matches(Docs, $"```{kind}\n(.*?)\n```", RegexOptions.Singleline).Select(match => match.Groups[1].Value);

    static string Section(string heading) => Docs.Split($"# {heading}\n")[1].Split("\n#")[0];

    static IEnumerable<string[]> Rows(string heading) => Section(heading).Split('\n')
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => Regex.Matches(line, @"(?<=^| )`([^`]+)`(?=[ ,|])").Select(match => match.Groups[1].Value).ToArray());

    static IEnumerable<string?> Constants(Type codes) => codes.GetFields().Select(field => (string?)field.GetRawConstantValue()).Order(StringComparer.Ordinal);

    static MailFields Fields()
    {
        var contact = Mails.Ada();
        foreach (var property in JsonDocument.Parse(Blocks("json contact").Single()).RootElement.EnumerateObject())
            contact.Properties[property.Name] = new(Value.Of(property.Value.GetString()!), Mails.Monday9Am);
        return Mails.FieldsOf(contact, Blocks("json event").Single());
    }

    [Fact]
    public void Its_documents_pass_the_check()
    {
        Assert.Equal(2, Blocks("json").Count());
        foreach (var json in Blocks("json"))
            Assert.Empty(new StoredContentCheck().Check("thank-you", Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void Its_templates_pass_the_check()
    {
        Assert.NotEmpty(Blocks("handlebars"));
        foreach (var template in Blocks("handlebars").Concat(Regex.Matches(Section("Helpers"), @"`(\{\{[^`]+\}\})`").Select(match => match.Groups[1].Value)))
            Assert.DoesNotContain(
                ContentCheck.Check(Mails.Mail(text: template + (template.StartsWith("{{#if (eq", StringComparison.Ordinal) && !template.Contains("{{/if", StringComparison.Ordinal) ? "{{/if}}" : ""))),
                problem => problem.Severity == Severity.Error);
    }

    [Fact]
    public void Its_examples_give_what_they_say()
    {
        var rows = Rows("Examples").ToList();

        Assert.True(rows.Count > 10);
        Assert.All(rows, row => Assert.Equal(row[1], Mails.Text(row[0], Fields()).Replace('\u00A0', ' ')));
    }

    [Fact]
    public void Its_lists_of_helpers_and_codes_are_the_program_s()
    {
        Assert.Equal(
            TemplateHelpers.All.Select(helper => helper.Name).Order(StringComparer.Ordinal),
            Rows("Helpers").SelectMany(row => row.Where(word => Regex.IsMatch(word, @"^\w+ (value|a b)"))).Select(word => word.Split(' ')[0]).Order(StringComparer.Ordinal));
        Assert.Equal(Constants(typeof(ContentCodes)), Rows("Problems found on saving").Select(row => row[0]).Order(StringComparer.Ordinal));
        Assert.Equal(Constants(typeof(RenderFailure)), Rows("Failures on sending").Select(row => row[0]).Order(StringComparer.Ordinal));
        Assert.All(TemplateDates.Formats, format => Assert.Contains($"`{format}`", Section("Helpers"), StringComparison.Ordinal));
    }
}
