using System.Security.Cryptography.X509Certificates;

namespace Parcours.Channels.Smtp;

/// <summary>Whether the line to the mail server is encrypted. Where it is, the certificate is checked.</summary>
public enum SmtpTls
{
    Never = 0,
    /// <summary>STARTTLS where the server offers it; a password is sent over an encrypted line only.</summary>
    Offered = 1,
    /// <summary>STARTTLS, or nothing is sent.</summary>
    Required = 2,
    /// <summary>From the first byte (<c>smtps</c>, port 465).</summary>
    Implicit = 3,
}

/// <summary>A mail server to hand mails to, and how.</summary>
public sealed record SmtpSettings
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    public SmtpTls Tls { get; init; } = SmtpTls.Required;

    /// <summary>Null: no login.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>The authorities that may have signed the server's certificate; null: those that this machine trusts.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>Takes any certificate: only for a server on this machine.</summary>
    public bool AnyCertificate { get; init; }

    /// <summary>How this machine calls itself; null: by its name, or its address where the name has no domain.</summary>
    public string? ClientName { get; init; }

    /// <summary>Lines to the server, each with a thread of its own.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>Mails a second over all connections; null: as fast as the server takes them.</summary>
    public double? MessagesPerSecond { get; init; }

    /// <summary>Mails a second to one recipient domain, by domain in lower case; <c>*</c>: every other domain. Empty: as fast as the server takes them.</summary>
    public IReadOnlyDictionary<string, double> DomainRates { get; init; } = new Dictionary<string, double>();

    /// <summary>After so many mails a line is closed and a new one opened: many servers count.</summary>
    public int MessagesPerConnection { get; init; } = 1_000;

    public SmtpTimeouts Timeouts { get; init; } = new();

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
