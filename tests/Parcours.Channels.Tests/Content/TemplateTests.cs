using NodaTime;
using Parcours.Channels.Content;
using Parcours.Journeys.Contacts;
using static Parcours.Channels.Tests.Content.Mails;

namespace Parcours.Channels.Tests.Content;

public class TemplateTests
{
    const string Order = """{"total":1234.5,"currency":"GBP","zero":0,"paid":true,"when":"2026-07-01T22:30:00Z","items":[{"name":"Tea & <milk>","qty":2},{"name":"Cup","qty":1}],"address":{"city":"Bath"},"tags":["a","b"],"empty":[]}""";

    [Theory]
    [InlineData("Dear {{contact.first_name}}", "Dear Ada")]
    [InlineData("Dear {{contact.firstName}} <{{contact.email}}>", "Dear Ada <ada@example.org>")]
    [InlineData("{{contact.[First Name]}}", "Ada")]
    [InlineData("{{journey.name}}", "Welcome")]
    [InlineData("{{links.unsubscribe}} {{links.view}}", "https://example.org/u/TOKEN https://example.org/v/TOKEN")]
    [InlineData("{{event.address.city}}", "Bath")]
    [InlineData("{{event.total}}", "1234.5")]
    [InlineData("{{event.tags}}", "a, b")]
    [InlineData("{{event.tags.[1]}} {{event.tags.length}}", "b 2")]
    [InlineData("{{#each event.items}}{{@index}}:{{name}}×{{this.qty}}{{#unless @last}}, {{/unless}}{{/each}}", "0:Tea & <milk>×2, 1:Cup×1")]
    [InlineData("{{#each event.items as |item|}}{{item.name}} for {{@root.contact.first_name}};{{/each}}", "Tea & <milk> for Ada;Cup for Ada;")]
    [InlineData("{{#each event.items}}{{../contact.first_name}} {{/each}}", "Ada Ada ")]
    [InlineData("{{#each event.items}}{{#if qty}}{{../contact.first_name}} {{/if}}{{/each}}", "Ada Ada ")]
    [InlineData("{{#each event.items}}{{#with name}}{{../../contact.first_name}} {{this}};{{/with}}{{/each}}", "Ada Tea & <milk>;Ada Cup;")]
    [InlineData("{{#each event.empty}}x{{else}}{{contact.first_name}}{{/each}}", "Ada")]
    [InlineData("{{#with event.nowhere}}x{{else}}{{contact.first_name}}{{/with}}", "Ada")]
    [InlineData("{{#each event.items}}{{#each ../event.tags}}{{this}}{{../name}},{{/each}}{{/each}}", "aTea & <milk>,bTea & <milk>,aCup,bCup,")]
    [InlineData("{{#each event.empty}}x{{else}}nothing{{/each}}", "nothing")]
    [InlineData("{{#each event.nowhere}}x{{else}}nothing{{/each}}", "nothing")]
    [InlineData("{{#each event.address}}{{@key}}={{this}}{{/each}}", "city=Bath")]
    [InlineData("{{#with event.address}}{{city}}{{/with}}", "Bath")]
    [InlineData("{{#if event.paid}}paid{{else}}open{{/if}}", "paid")]
    [InlineData("{{#if event.zero}}some{{else}}none{{/if}}", "none")]
    [InlineData("{{#if contact.shoe_size}}yes{{else}}no{{/if}}", "no")]
    [InlineData("{{#unless contact.shoe_size.eu}}no{{/unless}}", "no")]
    [InlineData("{{#if contact.x}}1{{else if event.paid}}2{{else}}3{{/if}}", "2")]
    [InlineData("{{default contact.nick \"friend\"}}", "friend")]
    [InlineData("{{default contact.nick contact.first_name}}", "Ada")]
    [InlineData("{{default contact.first_name \"friend\"}}", "Ada")]
    [InlineData("{{default (money event.price \"GBP\") \"free\"}}", "free")]
    [InlineData("{{#if (eq event.currency \"GBP\")}}£{{/if}}", "£")]
    [InlineData("{{#if (eq event.total 1234.50)}}same{{/if}}", "same")]
    [InlineData("{{#if (ne contact.nick \"x\")}}differs{{/if}}", "differs")]
    [InlineData("{{#if (gt event.total 1000)}}big{{/if}}{{#if (lt event.total 1000)}}small{{/if}}", "big")]
    [InlineData("{{#if (gt contact.nick 1)}}big{{else}}unknown{{/if}}", "unknown")]
    [InlineData("{{number event.total \"N2\"}} {{number event.total}} {{number 0.25 \"P0\"}}", "1,234.50 1,235 25%")]
    [InlineData("{{money event.total event.currency}} {{money -3 \"JPY\"}} {{money 2 \"CHF\"}}", "£1,234.50 -¥3 CHF 2.00")]
    [InlineData("{{date event.when \"long\"}}|{{date event.when \"time\"}}|{{date event.when \"short\"}}", "1 July 2026|23:30|01/07/2026")]
    [InlineData("{{date \"2026-02-28\" \"full\"}}", "Saturday, 28 February 2026")]
    [InlineData("a{{! note }}b{{!-- {{x}} --}}c", "abc")]
    [InlineData("\\{{name}}", "{{name}}")]
    public void A_template_says_what_its_author_meant(string template, string expected)
    {
        var fields = FieldsOf(Ada(), Order);

        Assert.Equal(expected, Text(template, fields).Replace('\u00A0', ' '));
    }

    [Theory]
    [InlineData("fr", "1 234,50 €|1 juillet 2026|1234,5")]
    [InlineData("fr-CH", "1 234.50 €|2 juillet 2026|1234,5")]
    [InlineData("it", "1.234,50 €|2 luglio 2026|1234,5")]
    [InlineData("de", "€1,234.50|July 2, 2026|1234.5")]
    public void Numbers_and_dates_follow_the_language_of_the_words_and_the_region_and_zone_of_the_contact(string language, string expected)
    {
        const string Template = "{{money event.total \"EUR\"}}|{{date event.when \"long\"}}|{{event.total}}";
        var content = new EmailContent
        {
            Name = "receipt",
            DefaultLanguage = "en",
            Texts = new[] { "en", "fr", "it" }.ToDictionary(tag => tag, _ => new EmailText("Receipt", Text: Template)),
        };
        var zone = DateTimeZoneProviders.Tzdb[language == "fr" ? "America/New_York" : "Europe/Zurich"];

        var mail = Assert.IsType<RenderOutcome.Mail>(Outcome(content, FieldsOf(Ada(), Order, language) with { Zone = zone }));

        Assert.Equal(expected, mail.Text.Replace('\u00A0', ' ').Replace('\u202F', ' ').Replace('’', '\''));
    }

    [Theory]
    [InlineData("en", "en")]
    [InlineData("fr-CA", "fr")]
    [InlineData("fr_CA", "fr")]
    [InlineData("FR", "fr")]
    [InlineData("it-CH", "it-CH")]
    [InlineData("it", "it-CH")]
    [InlineData("de", "en")]
    [InlineData("'; drop", "en")]
    [InlineData("", "en")]
    [InlineData(null, "en")]
    public void A_contact_gets_the_wording_nearest_to_its_language_else_the_default(string? language, string expected)
    {
        var content = new EmailContent
        {
            Name = "hello",
            DefaultLanguage = "en",
            Texts = new[] { "en", "fr", "it-CH" }.ToDictionary(tag => tag, tag => new EmailText("Hello", Text: tag)),
        };

        Assert.Equal(expected, Assert.IsType<RenderOutcome.Mail>(Outcome(content, FieldsOf(Ada(), language: language))).Language);
    }

    /// Semantics 6.7
    [Theory]
    [InlineData("Dear {{contact.last_name}}", "contact.last_name")]
    [InlineData("{{#if event.paid}}{{event.coupon.code}}{{/if}}", "event.coupon")]
    [InlineData("{{#each event.items}}{{price}}{{/each}}", "price")]
    [InlineData("{{number event.price \"N2\"}}", "event.price")]
    [InlineData("{{default contact.nick contact.last_name}}", "contact.last_name")]
    [InlineData("{{contact.first_name.Length}}", "Length")]
    [InlineData("{{event.items.Count}}", "Count")]
    public void A_missing_field_without_a_fall_back_fails_the_mail_and_is_named(string template, string field)
    {
        var failure = Failure(template, FieldsOf(Ada(), Order));

        Assert.Equal((RenderFailure.Missing, field), (failure.Code, failure.Field));
    }

    /// Semantics 6.7
    [Fact]
    public void A_preview_without_an_event_shows_the_names_of_its_fields_and_still_fails_for_what_the_contact_lacks()
    {
        var open = FieldsOf(Ada()) with { EventIsOpen = true };

        Assert.Equal("Order [invoice] over [total] of [currency]", Text("Order {{event.invoice}} over {{number event.total \"N2\"}} of {{default event.currency event.currency}}", open));
        Assert.Equal("contact.last_name", Failure("Dear {{contact.last_name}}", open).Field);
    }

    /// Semantics 6.7
    [Fact]
    public void A_property_that_was_cleared_is_missing() =>
        Assert.Equal("contact.city", Failure("{{contact.city}}", FieldsOf(Ada(("city", Value.None)))).Field);

    [Theory]
    [InlineData("{{number contact.first_name \"N2\"}}")]
    [InlineData("{{date contact.first_name \"long\"}}")]
    [InlineData("{{event.address}}")]
    [InlineData("{{money event.total contact.first_name}}")]
    public void A_field_of_the_wrong_kind_fails_the_mail_and_its_value_is_not_told(string template)
    {
        var failure = Failure(template, FieldsOf(Ada(), Order));

        Assert.Equal(RenderFailure.Value, failure.Code);
        Assert.DoesNotContain("1234", failure.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_kind_of_property_can_be_written()
    {
        var ada = Ada(
            ("n", Value.Of(1.50m)), ("b", Value.Of(true)), ("d", Value.Of(new LocalDate(2026, 2, 28))),
            ("t", Value.Of(Instant.FromUtc(2026, 7, 1, 23, 30))), ("l", Value.Of(["x", "y"])));

        Assert.Equal("1.50 true 28 February 2026 2 July 2026 x, y", Text("{{contact.n}} {{contact.b}} {{contact.d}} {{contact.t}} {{contact.l}}", FieldsOf(ada)));
    }

    [Fact]
    public void Loops_and_output_have_an_end()
    {
        var items = "[" + string.Join(',', Enumerable.Range(0, 200)) + "]";
        var fields = FieldsOf(Ada(("long", Value.Of(new string('x', 10_000)))), $$"""{"a":{{items}}}""");

        var deep = Failure("{{#each event.a}}{{#each @root.event.a}}{{#each @root.event.a}}{{/each}}{{/each}}{{/each}}", fields);
        var wide = Failure("{{#each event.a}}{{@root.contact.long}}{{/each}}", fields);

        Assert.Equal((RenderFailure.TooLarge, RenderFailure.TooLarge), (deep.Code, wide.Code));
    }

    [Fact]
    public void A_subject_is_one_line_whatever_a_field_holds()
    {
        var ada = Ada(("city", Value.Of("Bath\r\nBcc: eve@example.org\u2028x\0")));

        var mail = Assert.IsType<RenderOutcome.Mail>(Outcome(Mail(text: "Hi", subject: " From {{contact.city}} <b> "), FieldsOf(ada)));

        Assert.Equal("From Bath Bcc: eve@example.org x <b>", mail.Subject);
    }

    [Fact]
    public void A_subject_that_comes_out_empty_fails_the_mail()
    {
        var failed = Outcome(Mail(text: "Hi", subject: "{{#if contact.nick}}Hi{{/if}}"), FieldsOf(Ada()));

        Assert.Equal(RenderFailure.NoSubject, Assert.IsType<RenderOutcome.Failed>(failed).Code);
    }
}
