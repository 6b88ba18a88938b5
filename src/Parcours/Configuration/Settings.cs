using System.Net.Mail;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Text;
using Parcours.Channels.Mailing;
using Parcours.Channels.Smtp;
using Parcours.Channels.Webhooks;
using Parcours.Retention;
using Parcours.Storage.Postgres;

namespace Parcours.Configuration;

/// <summary>All settings, read and checked.</summary>
/// <param name="Data">Absolute path.</param>
/// <param name="DataIsSaid">Whether anybody named the folder; the demo makes its own otherwise.</param>
/// <param name="Urls">At least one.</param>
/// <param name="PublicUrl">Without a slash at its end; null: the first of <paramref name="Urls"/>, once its port is known.</param>
/// <param name="TestClock">Null: real time.</param>
/// <param name="Smtp">The mail server; null: the sandbox keeps all mail. Read, and refused, only where mail may be sent: other commands need not know it.</param>
/// <param name="DiskFreeMin">A share, 0 to 0.5.</param>
sealed record Settings(
    string Data, bool DataIsSaid, IReadOnlyList<string> Urls, string? PublicUrl, Instant? TestClock, DateTimeZone TimeZone, MailAddress MailFrom, Lazy<SmtpSettings?> Smtp, TrackingWish TrackOpens, TrackingWish TrackClicks, bool TrustProxy, double DiskFreeMin, LogLevel LogLevel)
{
    /// <summary>Bytes of an uploaded file.</summary>
    public long ImportBytesMax { get; init; } = 2048 * Megabyte;

    /// <summary>How PostgreSQL is reached; null: SQLite in the data folder.</summary>
    public string? Database { get; init; }
    /// <summary>Where other nodes reach this one; null: at the first of <see cref="Urls"/>.</summary>
    public string? NodeUrl { get; init; }
    public RetentionRules Retention { get; init; } = new(null, null, null);
    /// <summary>Where metrics are read without a key; null: nowhere.</summary>
    public string? MetricsUrl { get; init; }
    public bool LogsJson { get; init; }
    /// <summary>Null: bounces go to the sender.</summary>
    public string? BounceAddress { get; init; }

    /// <summary>Null: in the data folder.</summary>
    public string? SecretsKeyFile { get; init; }

    public WebhookSettings Webhooks { get; init; } = new();

    const long Megabyte = 1024 * 1024;
    public const string DefaultData = "data", DefaultUrls = "http://localhost:5080";

    // Far enough for any test of a journey, and inside what every store can keep.
    static readonly Instant FirstInstant = Instant.FromUtc(1970, 1, 1, 0, 0), LastInstant = Instant.FromUtc(2200, 1, 1, 0, 0);

    /// <exception cref="SettingException">One of them cannot be used.</exception>
    public static Settings Read(SettingSources sources)
    {
        var data = sources.Said(Setting.Data);
        return new Settings(
            Path.GetFullPath(data?.Value ?? DefaultData),
            data is not null,
            Addresses(sources.Said(Setting.Urls) ?? (DefaultUrls, Setting.Urls.Option)),
            sources.Said(Setting.PublicUrl) is { } address ? PublicAddress(address) : null,
            sources.Said(Setting.TestClock) is { } time ? Time(time) : null,
            sources.Said(Setting.TimeZone) is { } zone ? Zone(zone) : DateTimeZone.Utc,
            Sender(sources.Said(Setting.MailFrom) ?? ("Parcours <parcours@example.org>", Setting.MailFrom.Option)),
            new Lazy<SmtpSettings?>(() => SmtpSetting.Read(sources)),
            sources.Said(Setting.TrackOpens) is { } opens ? Tracking(opens) : TrackingWish.Yes,
            sources.Said(Setting.TrackClicks) is { } clicks ? Tracking(clicks) : TrackingWish.Yes,
            sources.Said(Setting.TrustProxy) is { } trust && Yes(trust),
            sources.Said(Setting.DiskFreeMin) is { } percent ? Percent(percent) : 0.05,
            sources.Said(Setting.LogLevel) is { } level ? Level(level) : LogLevel.Warning)
        {
            Database = sources.Said(Setting.Database) is { } database ? Connection(database) : null,
            NodeUrl = sources.Said(Setting.NodeUrl) is { } reached ? PublicAddress(reached) : null,
            BounceAddress = sources.Said(Setting.BounceAddress) is { } bounces ? Mailbox(bounces) : null,
            Retention = new(
                sources.Said(Setting.KeepEvents) is { } events ? Days(events) : null, sources.Said(Setting.KeepMessages) is { } messages ? Days(messages) : null,
                sources.Said(Setting.ArchiveTo) is { } archive ? Path.GetFullPath(archive.Value) : null),
            MetricsUrl = sources.Said(Setting.MetricsUrl) is { } metrics ? MetricsAddress(metrics, Addresses(sources.Said(Setting.Urls) ?? (DefaultUrls, Setting.Urls.Option))) : null,
            LogsJson = sources.Said(Setting.LogFormat) is { } format && Json(format),
            Webhooks = new()
            {
                PrivateAddresses = sources.Said(Setting.WebhookPrivateAddresses) is { } inner && Yes(inner),
                Timeout = TimeSpan.FromSeconds(sources.Said(Setting.WebhookTimeout) is { } seconds ? Seconds(seconds) : 15),
            },
            SecretsKeyFile = sources.Said(Setting.SecretsKeyFile) is { } sealing ? Path.GetFullPath(sealing.Value) : null,
            ImportBytesMax = sources.Said(Setting.ImportMax) is { } most ? Megabytes(most) : 2048 * Megabyte,
        };
    }

    // What was said is not repeated: there may be a password in it.
    static string Connection((string Value, string Where) said)
    {
        try
        {
            _ = ConnectionStrings.Read(said.Value);
            return said.Value;
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            throw new SettingException($"{said.Where} is no address of a PostgreSQL database. Say for example postgres://parcours@db.example.org/parcours.", wrong);
        }
    }

    static string[] Addresses((string Value, string Where) said)
    {
        var urls = said.Value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (urls.Length == 0)
            throw new SettingException($"{said.Where} names no address. Say for example {DefaultUrls}.");
        foreach (var url in urls)
        {
            // "*" and "+" stand for every address of the machine: the server knows them, Uri does not.
            var plain = url.Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal);
            if (!Uri.TryCreate(plain, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.PathAndQuery != "/")
                throw new SettingException($"{said.Where}: \"{url}\" is no address to listen at. Say for example {DefaultUrls}.");
        }
        return urls;
    }

    // Told apart by the port alone: by which name somebody calls is not to be relied on.
    static string MetricsAddress((string Value, string Where) said, IReadOnlyList<string> urls)
    {
        if (Addresses(said) is not [var url] || PortOf(url) is var port && port == 0)
            throw new SettingException($"{said.Where}: \"{said.Value}\" is no address with a port. Say for example http://127.0.0.1:9464.");
        return urls.All(other => PortOf(other) != port) ? url : throw new SettingException($"{said.Where}: the port {port} is one of {Setting.Urls.Option} already. Say another one, for example http://127.0.0.1:9464.");
    }

    public static int PortOf(string url) => new Uri(url.Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal)).Port;

    static Duration Days((string Value, string Where) said) =>
        int.TryParse(said.Value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var days) && days is >= RetentionRules.DaysLeast and <= RetentionRules.DaysMost
            ? Duration.FromDays(days)
            : throw new SettingException($"{said.Where}: \"{said.Value}\" is no number of days from {RetentionRules.DaysLeast} to {RetentionRules.DaysMost}. Leave it out to keep all for ever.");

    static bool Json((string Value, string Where) said) => said.Value switch
    {
        "json" => true,
        "text" => false,
        _ => throw new SettingException($"{said.Where}: \"{said.Value}\" is neither text nor json."),
    };

    static string PublicAddress((string Value, string Where) said) =>
        Uri.TryCreate(said.Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Query.Length == 0 && uri.Fragment.Length == 0
            ? said.Value.TrimEnd('/')
            : throw new SettingException($"{said.Where}: \"{said.Value}\" is no address. Say for example https://journeys.example.org.");

    static Instant Time((string Value, string Where) said)
    {
        var read = OffsetDateTimePattern.ExtendedIso.Parse(said.Value) is { Success: true } withOffset ? withOffset.Value.ToInstant()
            : LocalDatePattern.Iso.Parse(said.Value) is { Success: true } date ? date.Value.AtMidnight().InUtc().ToInstant()
            : throw new SettingException($"{said.Where}: \"{said.Value}\" is no time. Say it with its offset, for example 2026-01-31T09:00:00Z.");
        return read >= FirstInstant && read < LastInstant
            ? read
            : throw new SettingException($"{said.Where}: {said.Value} is not between 1970 and 2199.");
    }

    static DateTimeZone Zone((string Value, string Where) said) =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(said.Value)
        ?? throw new SettingException($"{said.Where}: \"{said.Value}\" is no time zone. Say for example Europe/Paris.");

    static MailAddress Sender((string Value, string Where) said) =>
        // It leaves the backslashes of a quoted name in their place.
        MailAddress.TryCreate(said.Value, out var sender)
            ? new MailAddress(sender.Address, Regex.Replace(sender.DisplayName, @"\\(.)", "$1"))
            : throw new SettingException($"{said.Where}: \"{said.Value}\" is no sender. Say for example Our Shop <news@example.org>.");

    // The key makes it longer by 33 characters, and a local part has 64 (RFC 5321 section 4.5.3.1.1).
    static string Mailbox((string Value, string Where) said) =>
        MailAddress.TryCreate(said.Value, out var mailbox) && mailbox.Address == said.Value && mailbox.User.Length <= 31 && said.Value.All(letter => letter is > ' ' and < '\x7f')
            ? said.Value
            : throw new SettingException($"{said.Where}: \"{said.Value}\" is no address that takes bounces. Say it without a name, in ASCII, with at most 31 characters before the @. For example bounces@example.org.");

    static TrackingWish Tracking((string Value, string Where) said) => said.Value switch
    {
        "yes" or "true" => TrackingWish.Yes,
        "no" or "false" => TrackingWish.No,
        "consented" => TrackingWish.Consented,
        _ => throw new SettingException($"{said.Where}: \"{said.Value}\" is none of yes, no, consented."),
    };

    static bool Yes((string Value, string Where) said) => said.Value switch
    {
        "yes" or "true" => true,
        "no" or "false" => false,
        _ => throw new SettingException($"{said.Where}: \"{said.Value}\" is neither yes nor no."),
    };

    static int Seconds((string Value, string Where) said) =>
        int.TryParse(said.Value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 60
            ? seconds
            : throw new SettingException($"{said.Where}: \"{said.Value}\" is no number of seconds from 1 to 60. Say for example 15.");

    static double Percent((string Value, string Where) said) =>
        double.TryParse(said.Value, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 50
            ? percent / 100
            : throw new SettingException($"{said.Where}: \"{said.Value}\" is no percentage from 0 to 50. Say for example 5.");

    static long Megabytes((string Value, string Where) said) =>
        long.TryParse(said.Value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1_000_000
            ? number * Megabyte
            : throw new SettingException($"{said.Where}: \"{said.Value}\" is no number of megabytes from 1 to 1000000. Say for example 2048.");

    static LogLevel Level((string Value, string Where) said) => said.Value switch
    {
        "debug" => LogLevel.Debug,
        "information" => LogLevel.Information,
        "warning" => LogLevel.Warning,
        "error" => LogLevel.Error,
        "none" => LogLevel.None,
        _ => throw new SettingException($"{said.Where}: \"{said.Value}\" is none of debug, information, warning, error, none."),
    };
}
