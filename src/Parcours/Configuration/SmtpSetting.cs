using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Parcours.Channels.Smtp;

namespace Parcours.Configuration;

/// <summary>Reads the settings of the mail server. No message of it repeats an address: there may be a password in it.</summary>
static class SmtpSetting
{
    const int ConnectionsMax = 64, RateMax = 100_000;
    const string Example = "Say for example smtp://user@mail.example.org:587, and the password in PARCOURS_SMTP_PASSWORD.";

    /// <returns>Null: no mail server is named.</returns>
    /// <exception cref="SettingException">One of them cannot be used, or they contradict each other.</exception>
    public static SmtpSettings? Read(SettingSources sources)
    {
        if (sources.Said(Setting.SmtpUrl) is not { } said)
        {
            foreach (var setting in new[] { Setting.SmtpPassword, Setting.SmtpPasswordFile, Setting.SmtpCa, Setting.SmtpConnections, Setting.SmtpRate, Setting.SmtpDomainRate })
                if (sources.Said(setting) is { } lonely)
                    throw new SettingException($"{lonely.Where} is of no use without {Setting.SmtpUrl.Option}.");
            return null;
        }

        if (sources.Said(Setting.TestClock) is { } clock)
            throw new SettingException($"{said.Where} and {clock.Where} do not go together: by a test clock nothing is sent to anybody. Leave one of them out.");
        if (sources.Said(Setting.MailFrom) is null)
            throw new SettingException($"{said.Where}: say by whom mail is sent, with {Setting.MailFrom.Option}. For example --mail-from \"Our Shop <news@example.org>\".");
        if (!Uri.TryCreate(said.Value, UriKind.Absolute, out var url) || url.Scheme is not ("smtp" or "smtps") || url.Host.Length == 0 || url.AbsolutePath is not ("" or "/") || url.Fragment.Length > 0)
            throw new SettingException($"{said.Where} is no address of a mail server. {Example}");
        return With(sources, Named(url, said.Where));
    }

    static SmtpSettings Named(Uri url, string where)
    {
        // IdnHost: the name as it is looked up, also where it is not ASCII.
        var host = url.IdnHost.Trim('[', ']');
        var implicitTls = url.Scheme == "smtps";
        var colon = url.UserInfo.IndexOf(':', StringComparison.Ordinal);
        var settings = new SmtpSettings
        {
            Host = host,
            Port = url.Port > 0 ? url.Port : implicitTls ? 465 : 587,
            Tls = implicitTls ? SmtpTls.Implicit : IsHere(host) ? SmtpTls.Never : SmtpTls.Required,
            User = url.UserInfo.Length == 0 ? null : Uri.UnescapeDataString(colon < 0 ? url.UserInfo : url.UserInfo[..colon]),
            Password = colon < 0 ? null : Uri.UnescapeDataString(url.UserInfo[(colon + 1)..]),
        };
        foreach (var word in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            settings = word switch
            {
                "tls=never" or "tls=offered" or "tls=required" when implicitTls => throw new SettingException($"{where}: smtps:// is encrypted from the start, so {word} has no place. Leave it out, or say smtp://."),
                "tls=never" => settings with { Tls = SmtpTls.Never },
                "tls=offered" => settings with { Tls = SmtpTls.Offered },
                "tls=required" => settings with { Tls = SmtpTls.Required },
                "certificate=any" when IsHere(host) => settings with { AnyCertificate = true },
                "certificate=any" => throw new SettingException($"{where}: certificate=any is for a mail server on this machine alone. Name who signed the certificate with {Setting.SmtpCa.Option}."),
                _ => throw new SettingException($"{where}: after the question mark there may be tls=required, tls=offered, tls=never and certificate=any, nothing else."),
            };
        return settings;
    }

    static SmtpSettings With(SettingSources sources, SmtpSettings settings)
    {
        if (Password(sources) is { } password)
            settings = settings with { Password = password };
        if (settings.User is null && settings.Password is not null)
            throw new SettingException($"There is a password for the mail server and no user. {Example}");
        if (settings.User is not null && settings.Password is null)
            throw new SettingException($"There is a user for the mail server and no password. Say it in {Setting.SmtpPassword.Variable}, or in a file with {Setting.SmtpPasswordFile.Option}.");
        if (settings is { User: not null, Tls: SmtpTls.Never } && !IsHere(settings.Host))
            throw new SettingException($"{settings.Host} is another machine, and with tls=never the password would go there for everybody to read. Say tls=required, or leave the user out.");
        return settings with
        {
            Authorities = sources.Said(Setting.SmtpCa) is { } file ? Authorities(file) : null,
            Connections = sources.Said(Setting.SmtpConnections) is { } connections ? (int)Number(connections, 1, ConnectionsMax, whole: true) : settings.Connections,
            MessagesPerSecond = sources.Said(Setting.SmtpRate) is { } rate ? Number(rate, 0.01, RateMax, whole: false) : null,
            DomainRates = sources.Said(Setting.SmtpDomainRate) is { } rates ? DomainRates(rates) : settings.DomainRates,
        };
    }

    static Dictionary<string, double> DomainRates((string Value, string Where) said)
    {
        if (!said.Value.Contains('=', StringComparison.Ordinal))
            return new() { ["*"] = Number(said, 0.01, RateMax, whole: false) };
        var rates = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var word in said.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (word.Split('=', StringSplitOptions.TrimEntries) is not [{ Length: > 0 } domain, var rate] || !rates.TryAdd(domain.ToLowerInvariant(), Number((rate, said.Where), 0.01, RateMax, whole: false)))
                throw new SettingException($"{said.Where}: \"{word}\" is no rate of a domain, or there is another of it. Say for example gmail.com=20,yahoo.com=5,*=2.");
        return rates;
    }

    static string? Password(SettingSources sources)
    {
        var said = sources.Said(Setting.SmtpPassword);
        if (sources.Said(Setting.SmtpPasswordFile) is not { } file)
            return said?.Value;
        if (said is { } both)
            throw new SettingException($"{both.Where} and {file.Where} both say the password. Leave one of them out.");
        try
        {
            return File.ReadLines(file.Value).FirstOrDefault() is { Length: > 0 } line ? line : throw new SettingException($"{file.Where}: the first line of {file.Value} is empty; it should be the password.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingException($"{file.Where}: {file.Value} cannot be read: {unreadable.Message}", unreadable);
        }
    }

    static X509Certificate2Collection Authorities((string Value, string Where) said)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(said.Value);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new SettingException($"{said.Where}: {said.Value} cannot be read as PEM: {unreadable.Message}", unreadable);
        }
        return authorities.Count > 0 ? authorities : throw new SettingException($"{said.Where}: there is no certificate in {said.Value}. It should be PEM, with lines that say BEGIN CERTIFICATE.");
    }

    static double Number((string Value, string Where) said, double min, double max, bool whole) =>
        double.TryParse(said.Value, whole ? NumberStyles.None : NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new SettingException(string.Create(CultureInfo.InvariantCulture, $"{said.Where}: \"{said.Value}\" is no number from {min} to {max}."));

    static bool IsHere(string host) => host == "localhost" || IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address);
}
