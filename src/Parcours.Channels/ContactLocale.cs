using NodaTime;
using Parcours.Channels.Content;
using Parcours.Journeys.Contacts;

namespace Parcours.Channels;

/// <summary>The language and time zone of a contact, from its properties.</summary>
public static class ContactLocale
{
    /// <summary>The property <c>language</c>, else <c>locale</c>; null if neither is text.</summary>
    public static string? LanguageOf(Contact contact)
    {
        var fields = TemplateFields.Of(contact);
        return Text(fields, "language") ?? Text(fields, "locale");
    }

    /// <summary>The property <c>timezone</c> (also <c>time_zone</c>, <c>timeZone</c>): an IANA name. If there is none, or none that is known, <paramref name="otherwise"/>.</summary>
    public static DateTimeZone ZoneOf(Contact contact, DateTimeZone otherwise) =>
        Text(TemplateFields.Of(contact), "timezone") is { } id ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) ?? otherwise : otherwise;

    static string? Text(TemplateFields fields, string name) => fields.Find(name) is Value { Kind: ValueKind.Text, AsText: { Length: > 0 } text } ? text : null;
}
