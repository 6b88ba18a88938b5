using System.Text.Json;
using System.Xml.Linq;
using Parcours.Engine.Intake;

namespace Parcours.Tests.Imports;

/// <summary>Which addresses and numbers name somebody, over the awkward ones that others have gathered. The rule is <see cref="EmailAddress"/>'s.</summary>
public sealed class IdentityVerdictTests
{
    /// <summary>Of isemail's verdicts we take what is valid for an SMTP server without special effort: what is marked valid, or only lacks records in the DNS, or has a domain of one label.</summary>
    [Fact]
    public void Isemails_addresses_get_the_verdict_of_our_rule()
    {
        var tests = XDocument.Load(ImportFile.DataPath("isemail-tests.xml")).Root!.Elements("test").ToList();
        var differ = new List<string>();
        foreach (var test in tests)
        {
            // Control characters are written as their symbols there.
            var address = string.Concat(test.Element("address")!.Value.Select(character => character is >= '\u2400' and <= '\u241F' ? (char)(character - '\u2400') : character));
            var (category, diagnosis) = (test.Element("category")!.Value, test.Element("diagnosis")!.Value);
            var taken = category is "ISEMAIL_VALID_CATEGORY" or "ISEMAIL_DNSWARN" || diagnosis == "ISEMAIL_RFC5321_TLD";
            if (EmailAddress.IsOne(address) != taken)
                differ.Add($"{test.Attribute("id")!.Value} {address} ({diagnosis}): {EmailAddress.Problem(address) ?? "taken"}");
        }

        Assert.Equal(164, tests.Count);
        Assert.Empty(differ);
    }

    /// <summary>What JSON Schema calls an address is one here, but for quoted local parts, address literals, and invisible characters; what it does not is none.</summary>
    [Theory]
    [InlineData("jsonschema-email.json")]
    [InlineData("jsonschema-idn-email.json")]
    public void Json_schemas_addresses_get_the_verdict_of_our_rule(string file)
    {
        using var suite = JsonDocument.Parse(File.ReadAllBytes(ImportFile.DataPath(file)));
        var differ = new List<string>();
        var judged = 0;
        foreach (var test in suite.RootElement.EnumerateArray().SelectMany(group => group.GetProperty("tests").EnumerateArray()))
        {
            if (test.GetProperty("data") is not { ValueKind: JsonValueKind.String } data)
                continue;
            var address = data.GetString()!;
            var taken = test.GetProperty("valid").GetBoolean() && !address.StartsWith('"') && !address.EndsWith(']') && !address.Any(character => char.IsControl(character) || character >= '\uFFFE');
            judged++;
            if (EmailAddress.IsOne(address) != taken)
                differ.Add($"{address} ({test.GetProperty("description").GetString()}): {EmailAddress.Problem(address) ?? "taken"}");
        }

        Assert.True(judged > 0);
        Assert.Empty(differ);
    }

    [Theory]
    [InlineData("zoë@exämple.fr")]
    [InlineData("用户@例子.广告")]
    [InlineData("root@intranet")]
    [InlineData("o'brien+news@sub.example.co.uk")]
    public void Addresses_of_any_script_are_taken(string address) => Assert.Null(EmailAddress.Problem(address));

    [Theory]
    [InlineData("a@b@example.org")]
    [InlineData("a b@example.org")]
    [InlineData("Anna <anna@example.org>")]
    [InlineData("anna@example..org")]
    [InlineData("anna@127.0.0.1")]
    [InlineData("anna\u200B@example.org")]
    [InlineData("anna@exa_mple.org")]
    public void What_is_no_address_is_told_why(string address) => Assert.EndsWith(".", EmailAddress.Problem(address));

    /// <summary>E.164: up to 15 digits after the plus. We ask for 7 at least, which leaves out service numbers.</summary>
    [Fact]
    public void Example_numbers_of_every_region_are_taken_in_their_international_form()
    {
        var differ = new List<string>();
        var judged = 0;
        foreach (var line in File.ReadLines(ImportFile.DataPath("phones.csv")).Skip(1))
        {
            if (line.Split(',') is not [_, _, _, var national, var international, ..])
                continue;
            judged++;
            var digits = international.Length - 1;
            if (IdentityForms.Phone(international) != (digits is >= 7 and <= 15 ? international : null))
                differ.Add($"{international}: {IdentityForms.Phone(international) ?? "not taken"}");
            if (IdentityForms.Phone(national) is not null && !national.StartsWith("00", StringComparison.Ordinal))
                differ.Add($"{national} was taken without a country's code");
        }

        Assert.Equal(1144, judged);
        Assert.Empty(differ);
    }
}
