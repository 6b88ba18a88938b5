using NodaTime;
using Parcours.Channels.Mime;
using Parcours.Channels.Smtp;

namespace Parcours.Notices;

/// <summary>How users are told things by mail.</summary>
public sealed record NoticeSettings
{
    /// <summary>Hands a mail over; null: this installation sends none, to anybody.</summary>
    public Func<MimeMessage, CancellationToken, Task<SmtpVerdict>>? Post { get; init; }

    /// <summary>By whom they are sent.</summary>
    public NamedAddress From { get; init; }

    /// <summary>Where users find this installation.</summary>
    public Uri Base { get; init; } = new("http://localhost");

    /// <summary>By whose days a mail a day is sent.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZone.Utc;
}
