using NodaTime;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Texts;

namespace Parcours.Journeys.Tests.Texts;

/// <summary>Texts with fields in double braces, as tasks and notifications have them.</summary>
public sealed class FieldTextTests
{
    static readonly Contact Ada = Made();

    static Contact Made()
    {
        var ada = new Contact(ContactId.Create(1, Trip.Monday9am.ToUnixTimeMilliseconds(), 0), Trip.Monday9am);
        ada.Identities.Add(new(IdentityKind.Email, "ada@example.org"));
        ada.Properties["first_name"] = new(Value.Of("Ada"), Trip.Monday9am);
        ada.Properties["shoe size (EU)"] = new(Value.Of(38.5m), Trip.Monday9am);
        ada.Properties["born"] = new(Value.Of(new LocalDate(1990, 5, 1)), Trip.Monday9am);
        ada.Properties["nickname"] = new(Value.Of(""), Trip.Monday9am);
        return ada;
    }

    [Theory]
    [InlineData("Call them", "Call them")]
    [InlineData("", "")]
    [InlineData("Call {{contact.first_name}}", "Call Ada")]
    [InlineData("Call {{ contact.firstName }} now", "Call Ada now")]
    [InlineData("{{contact.[shoe size (EU)]}}", "38.5")]
    [InlineData("{{contact.email}}, born {{contact.born}}", "ada@example.org, born 1990-05-01")]
    [InlineData("Order {{event.cart.id}} of {{event.total}}", "Order 7 of 12.50")]
    [InlineData("By {{journey.name}}", "By Welcome")]
    [InlineData("Dear {{contact.last_name}}!", "Dear !")]
    [InlineData("Dear {{default contact.last_name \"friend\"}}!", "Dear friend!")]
    [InlineData("Dear {{default contact.first_name 'friend'}}!", "Dear Ada!")]
    [InlineData("Dear {{default contact.nickname \"you\"}}!", "Dear you!")]
    [InlineData("{ one } }} and {", "{ one } }} and {")]
    public void Fields_are_filled_as_contents_fill_them(string text, string filled) =>
        Assert.Equal(filled, FieldText.TryParse(text, out _)!.Fill(new(Ada, EventProperties.Parse("""{"total":12.50,"cart":{"id":"7"}}"""), "Welcome")));

    [Theory]
    [InlineData("Call {{contact.first_name")]
    [InlineData("Call {{}}")]
    [InlineData("Call {{contact.}}")]
    [InlineData("Call {{first_name}}")]
    [InlineData("Call {{contact.first name}}")]
    [InlineData("Call {{#if contact.vip}}now{{/if}}")]
    [InlineData("Call {{default contact.first_name}}")]
    [InlineData("Call {{default contact.first_name \"a\"b\"}}")]
    [InlineData("Call {{default \"}}")]
    [InlineData("{{{contact.first_name}}}")]
    public void What_is_no_field_is_told_with_what_to_write(string text)
    {
        Assert.Null(FieldText.TryParse(text, out var problem));
        Assert.Contains("{{", problem, StringComparison.Ordinal);
    }
}
