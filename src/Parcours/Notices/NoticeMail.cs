using System.Text;
using NodaTime;
using NodaTime.Text;
using Parcours.Api;
using Parcours.Channels.Mime;
using Parcours.Engine.Ports;
using Parcours.Security;
using Parcours.Web;

namespace Parcours.Notices;

/// <summary>One thing that a user is told, with the names of what it is about.</summary>
/// <param name="Who">The contact, as people call it; null: it is about nobody.</param>
/// <param name="Journey">The journey's name; null: it comes from none.</param>
/// <param name="Named">What it speaks of, by name.</param>
sealed record Notice(NotificationRow Row, string? Who, string? Journey, IReadOnlyDictionary<string, string> Named);

/// <summary>What a user is told, as a mail in the user's language: plain text, each with the address where it can be seen.</summary>
static class NoticeMail
{
    /// <summary>More are counted, and seen in the application.</summary>
    const int ShownMost = 20;
    const int SubjectMost = 120;

    static readonly LocalDateTimePattern At = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    /// <param name="notices">At least one, newest first.</param>
    /// <returns>Null: the user's address cannot be written to.</returns>
    public static MimeMessage? Of(User user, IReadOnlyList<Notice> notices, NoticeSettings settings, Instant now, Guid key)
    {
        if (!MailAddress.TryParse(user.Email, out var to))
            return null;
        var texts = PageTexts.For(user.Language);
        var words = new StringBuilder();
        foreach (var notice in notices.Take(ShownMost))
            words.Append(At.Format(notice.Row.At.InZone(settings.Zone).LocalDateTime)).Append("  ").AppendLine(Headline(notice, texts)).AppendLine(new Uri(settings.Base, PathOf(notice.Row)).ToString()).AppendLine();
        if (notices.Count > ShownMost)
            words.AppendLine(texts.Fill("notice.more", ("count", $"{notices.Count - ShownMost}"), ("link", new Uri(settings.Base, "/notifications").ToString()))).AppendLine();
        words.AppendLine("--").AppendLine(texts.Fill("notice.why", ("link", new Uri(settings.Base, "/profile").ToString())));
        var subject = notices is [var only] ? Headline(only, texts) : texts.Fill("notice.several", ("count", $"{notices.Count}"));
        return new MimeMessage
        {
            From = settings.From,
            To = new(user.Name ?? "", to),
            Subject = Line(subject),
            MessageId = $"<notice-{key:N}@{settings.From.Address.Domain}>",
            Date = now,
            Key = $"{key:N}",
            Text = words.ToString(),
            Language = texts.Language,
            // Holiday replies to a machine help nobody (RFC 3834).
            More = [new("Auto-Submitted", "auto-generated")],
        };
    }

    /// <summary>In one line: of whom, and what.</summary>
    public static string Headline(Notice notice, PageTexts texts)
    {
        var (row, named) = (notice.Row, notice.Named);
        var said = row.Kind switch
        {
            NotificationKind.Task => named.TryGetValue("team", out var team) ? texts.Fill("notice.teamTask", ("team", team), ("title", row.Text)) : texts.Fill("notice.task", ("title", row.Text)),
            // A code of a newer version has no words here yet.
            NotificationKind.Alert when row.Code is { } code && texts.Has($"alert.{code}") => texts.Fill($"alert.{code}", [.. named.Select(pair => (pair.Key, pair.Value))]),
            _ => row.Text,
        };
        var about = row.Kind == NotificationKind.Alert ? notice.Journey : notice.Who;
        return about is null ? said : $"{about}: {said}";
    }

    static string PathOf(NotificationRow row) => row switch
    {
        { Kind: NotificationKind.Task } => $"/tasks?task={NamedTexts.Read(row.Arguments).GetValueOrDefault("task")}",
        { Kind: NotificationKind.Journey, Contact: { } contact } => $"/contacts/{contact}",
        { Journey: { } journey } => $"/journeys/{Uri.EscapeDataString(journey.Value)}",
        _ => "/notifications",
    };

    static string Line(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= SubjectMost ? line : line[..SubjectMost] + "…";
    }
}
