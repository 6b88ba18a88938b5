using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime.Text;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Texts;

namespace Parcours.Journeys.Points;

/// <summary>What a webhook sends whose author said nothing of it: who it is about, and why it was sent.</summary>
static class WebhookBody
{
    static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Of(StepContext context, string point)
    {
        var (contact, enrolment) = (context.Contact, context.Enrolment);
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var to = new Utf8JsonWriter(buffer, Relaxed))
        {
            to.WriteStartObject();
            to.WriteString("type", "journey.webhook");
            to.WriteString("timestamp", InstantPattern.ExtendedIso.Format(context.Now));
            to.WriteStartObject("data");
            to.WriteStartObject("journey");
            to.WriteString("id", enrolment.Journey.Value);
            to.WriteString("name", context.Plan.Definition.Name);
            to.WriteNumber("version", enrolment.Version);
            to.WriteString("point", point);
            to.WriteEndObject();
            to.WriteStartObject("contact");
            to.WriteString("id", contact.Id.ToString());
            foreach (var (kind, name) in new[] { (IdentityKind.UserId, "userId"), (IdentityKind.Email, "email"), (IdentityKind.Phone, "phone") })
                if (contact.IdentityOf(kind) is { } value)
                    to.WriteString(name, value);
            to.WriteStartObject("properties");
            foreach (var (name, held) in contact.Properties.OrderBy(property => property.Key, StringComparer.Ordinal))
                if (!held.Value.IsNone)
                {
                    to.WritePropertyName(name);
                    FieldJson.Write(held.Value, to);
                }
            to.WriteEndObject();
            to.WriteEndObject();
            to.WritePropertyName("event");
            to.WriteRawValue(enrolment.Data.Json.Span);
            to.WriteEndObject();
            to.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
