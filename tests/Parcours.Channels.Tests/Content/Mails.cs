using NodaTime;
using Parcours.Channels.Content;
using Parcours.Journeys.Contacts;

namespace Parcours.Channels.Tests.Content;

/// <summary>Contents and contacts for tests.</summary>
static class Mails
{
    public static readonly Instant Monday9Am = Instant.FromUtc(2026, 3, 2, 9, 0);

    public static Contact Ada(params (string Name, Value Value)[] properties)
    {
        var contact = new Contact(ContactId.Create(1, 0, 0), Monday9Am);
        contact.Identities.Add(new Identity(IdentityKind.Email, "ada@example.org"));
        contact.Properties["first_name"] = new(Value.Of("Ada"), Monday9Am);
        foreach (var (name, value) in properties)
            contact.Properties[name] = new(value, Monday9Am);
        return contact;
    }

    public static MailFields FieldsOf(Contact contact, string eventJson = "{}", string? language = "en-GB") => new()
    {
        Contact = TemplateFields.Of(contact),
        Event = TemplateFields.Of(EventProperties.Parse(eventJson)),
        JourneyName = "Welcome",
        UnsubscribeLink = "https://example.org/u/TOKEN",
        ViewLink = "https://example.org/v/TOKEN",
        Language = language,
        Zone = DateTimeZoneProviders.Tzdb["Europe/London"],
    };

    public static EmailContent Mail(string? html = null, string? text = null, string subject = "Hello", string? preheader = null) =>
        EmailContent.InOneLanguage("welcome", "en", new EmailText(subject, preheader, html, text));

    /// <summary>Renders a template as text, or fails the test with why it cannot be.</summary>
    public static string Text(string template, MailFields fields) => Assert.IsType<RenderOutcome.Mail>(Outcome(Mail(text: template), fields)).Text;

    public static string Html(string template, MailFields fields) => Assert.IsType<RenderOutcome.Mail>(Outcome(Mail(html: template), fields)).Html;

    public static RenderOutcome.Failed Failure(string template, MailFields fields) => Assert.IsType<RenderOutcome.Failed>(Outcome(Mail(text: template), fields));

    public static RenderOutcome Outcome(EmailContent content, MailFields fields)
    {
        var compiled = CompiledContent.Compile(content);
        Assert.DoesNotContain(compiled.Problems, problem => problem.Code != ContentCodes.NoUnsubscribe);
        return compiled.Render(fields);
    }
}
