using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Parcours.Engine.Intake;
using Parcours.Journeys.Contacts;

namespace Parcours.Intake;

/// <summary>The traits of a call as the contact's properties.</summary>
static class ContactTraits
{
    /// <summary>
    /// Names stay the sender's own; objects inside become properties named by their path (<c>address.city</c>). What the context says fills
    /// what the traits leave open: its traits, its time zone (as <c>timezone</c>) and its locale (as <c>locale</c>).
    /// </summary>
    public static ReadOnlyMemory<byte> Of(IntakeItem item)
    {
        // A library that sends its traits twice says nothing with the second; a flat object is taken as it is.
        var once = item.ContextTraits.IsEmpty || item.ContextTraits.Span.SequenceEqual(item.Traits.Span);
        if (once && item.TimeZone is null && item.Locale is null && !HasObject(item.Traits.Span))
            return item.Traits;

        var fields = new OrderedDictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        if (item.TimeZone is { } zone)
            fields["timezone"] = JsonSerializer.SerializeToUtf8Bytes(zone);
        if (item.Locale is { } locale)
            fields["locale"] = JsonSerializer.SerializeToUtf8Bytes(locale);
        if (!once)
            JsonObjects.Collect(item.ContextTraits, "", flat: true, fields);
        JsonObjects.Collect(item.Traits, "", flat: true, fields);
        return fields.Count == 0 ? default : JsonObjects.Write(fields);
    }

    /// <summary>What an event carries along of the contact: its context's traits, so that one call can both tell what happened and to whom.</summary>
    public static ReadOnlyMemory<byte> OfContext(IntakeItem item)
    {
        if (item.ContextTraits.IsEmpty || !HasObject(item.ContextTraits.Span))
            return item.ContextTraits;
        var fields = new OrderedDictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        JsonObjects.Collect(item.ContextTraits, "", flat: true, fields);
        return JsonObjects.Write(fields);
    }

    /// <summary><c>email</c> and <c>phone</c> name the contact besides describing it; what cannot be an address or a number only describes.</summary>
    public static void AddIdentities(ReadOnlySpan<byte> traits, ImmutableArray<Identity>.Builder identities)
    {
        string? email = null, phone = null;
        var reader = new Utf8JsonReader(traits);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isEmail, isPhone) = (reader.ValueTextEquals("email"u8), reader.ValueTextEquals("phone"u8));
            reader.Read();
            if (isEmail)
                email = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            else if (isPhone)
                phone = reader.TokenType switch
                {
                    JsonTokenType.String => reader.GetString(),
                    JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
                    _ => null,
                };
            reader.Skip();
        }

        if (email is not null && IdentityForms.Email(email) is not null)
            identities.Add(new(IdentityKind.Email, email));
        if (phone is not null && IdentityForms.Phone(phone) is not null)
            identities.Add(new(IdentityKind.Phone, phone));
    }

    static bool HasObject(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
            return false;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject)
                return true;
            if (reader.TokenType == JsonTokenType.StartArray)
                reader.Skip();
        }

        return false;
    }
}
