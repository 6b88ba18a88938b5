namespace Parcours.Configuration;

/// <summary>One thing that an operator can set: by option, environment variable or key of a file. The whole table is in docs/operations.md.</summary>
/// <param name="Name">In the form of the option: lower case, words joined by hyphens.</param>
/// <param name="Value">What stands for the value in help texts.</param>
/// <param name="Default">In words, for the table; what holds when nothing is said.</param>
/// <param name="InFile">False for what says where the file is.</param>
sealed record Setting(string Name, string Value, string Meaning, string Default, bool InFile = true)
{
    public string Option => "--" + Name;

    public string Variable => "PARCOURS_" + Name.ToUpperInvariant().Replace('-', '_');

    /// <summary>The key in <c>parcours.json</c>; null where a file cannot say it.</summary>
    public string? Key => InFile ? string.Concat(Name.Split('-').Select((word, index) => index == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..])) : null;

    public static readonly Setting
        Data = new("data", "DIR", "The data folder. One process at a time has it open.", "`./data`"),
        Config = new("config", "FILE", "A JSON file with settings.", "`parcours.json` in the data folder, if it is there", InFile: false),
        Urls = new("urls", "URL", "Where to listen; several are joined by semicolons.", "`http://localhost:5080`"),
        PublicUrl = new("public-url", "URL", "The address under which recipients and users reach this server; links in mails begin with it.", "the first of `urls`"),
        Database = new("database", "CONNECTION", "A PostgreSQL database (15 or later): `postgres://user@host/name`, or as Npgsql spells it. The password is better said in `PGPASSWORD` or `~/.pgpass`. See PostgreSQL.", "SQLite under `data`"),
        NodeUrl = new("node-url", "URL", "Where the other nodes of the database reach this one.", "the first of `urls`; for one that stands for all addresses, with the machine's name"),
        TestClock = new("test-clock", "TIME", "Start the clock at this instant and move it only by `PUT /api/v1/clock`, e.g. `2026-01-31T09:00:00Z`. If the data is later already, the clock starts there.", "off: real time"),
        TimeZone = new("time-zone", "ZONE", "The installation's time zone, for whatever has none of its own; an IANA name.", "`UTC`"),
        MailFrom = new("mail-from", "SENDER", "By whom mail is sent: an address, or `Name <address>`.", "`Parcours <parcours@example.org>`"),
        BounceAddress = new("bounce-address", "ADDRESS", "Where mail servers report what did not arrive: `bounces@example.org` gets them as `bounces+KEY@example.org`, with the message's key. See What comes back.", "the address of `mail-from`"),
        SmtpUrl = new("smtp-url", "URL", "The mail server: `smtp://user@host:587` (STARTTLS) or `smtps://user@host` (TLS from the start). `?tls=offered` or `?tls=never` ask for less than encryption, `?certificate=any` takes any certificate of this machine itself. See Delivery.", "none: the sandbox keeps all mail, nothing is sent"),
        SmtpPassword = new("smtp-password", "PASSWORD", "The password for `smtp-url`. Say it in the environment: other users of the machine can read options.", "the one in `smtp-url`"),
        SmtpPasswordFile = new("smtp-password-file", "FILE", "A file whose first line is that password.", "none"),
        SmtpCa = new("smtp-ca", "FILE", "The authorities that may sign the mail server's certificate, as PEM.", "those that the machine trusts"),
        SmtpConnections = new("smtp-connections", "NUMBER", "Lines to the mail server at once, 1 to 64.", "`4`"),
        SmtpRate = new("smtp-rate", "NUMBER", "Mails a second at most.", "as many as the server takes"),
        SmtpDomainRate = new("smtp-domain-rate", "RATES", "Mails a second to each recipient domain at most: a number for all, or by domain, such as `gmail.com=20,yahoo.com=5,*=2`.", "as many as the server takes"),
        TrackOpens = new("track-opens", "yes|no|consented", "Of whom it is noticed that mail is opened: of everybody who has not refused the topic `tracking`, of nobody, or of those alone who have consented to it.", "`yes`"),
        TrackClicks = new("track-clicks", "yes|no|consented", "The same for links in mail that are followed.", "`yes`"),
        WebhookPrivateAddresses = new("webhook-private-addresses", "yes|no", "Webhooks may ask addresses inside of your own network, this machine's too. Only where whoever writes journeys may reach them.", "`no`"),
        WebhookTimeout = new("webhook-timeout", "SECONDS", "How long one try of a webhook takes at most, 1 to 60.", "`15`"),
        SecretsKeyFile = new("secrets-key-file", "FILE", "The key that seals the secrets in the database: 32 bytes in base 64 a line, as `openssl rand -base64 32` makes them; the first seals, all open. All nodes of a database name the same. See Secrets at rest.", "`secrets.key` in the data folder, made at the first start; with PostgreSQL none: they lie as they are"),
        TrustProxy = new("trust-proxy", "yes|no", "Believe the headers `X-Forwarded-For`, `-Proto` and `-Host`. Only behind a proxy that sets them: whoever reaches the port directly could else claim any address.", "`no`"),
        DiskFreeMin = new("disk-free-min", "PERCENT", "With less of the data's disk free than this, nothing more is taken in: senders are told to come again. 0 turns it off.", "`5`"),
        ImportMax = new("import-max", "MB", "The largest file that may be uploaded to be imported, as it is sent. Commands on this machine may send larger ones.", "`2048`"),
        KeepEvents = new("keep-events", "DAYS", "Days for which events and timelines are kept, from 30. See History.", "for ever"),
        KeepMessages = new("keep-messages", "DAYS", "Days for which messages that left, or did not, are kept, from 30.", "for ever"),
        ArchiveTo = new("archive", "DIR", "Where events and messages are copied before they are dropped, as CSV.", "nowhere: what is dropped is gone"),
        MetricsUrl = new("metrics-url", "URL", "Another address to listen at, where `/metrics`, `/healthz` and `/readyz` answer without a key, and nothing else does: for the network of your monitoring alone, e.g. `http://127.0.0.1:9464`. See Watching it.", "none: `/metrics` wants a key that may read"),
        LogLevel = new("log-level", "LEVEL", "What goes to standard error: `debug`, `information`, `warning`, `error` or `none`.", "`warning`"),
        LogFormat = new("log-format", "text|json", "How: lines for people, or one JSON object a line, with event ids, for a collector of logs.", "`text`");

    /// <summary>All there are, in the order of the table.</summary>
    public static IReadOnlyList<Setting> All { get; } = [Data, Config, Urls, PublicUrl, Database, NodeUrl, TestClock, TimeZone, MailFrom, BounceAddress, SmtpUrl, SmtpPassword, SmtpPasswordFile, SmtpCa, SmtpConnections, SmtpRate, SmtpDomainRate, TrackOpens, TrackClicks, WebhookPrivateAddresses, WebhookTimeout, SecretsKeyFile, TrustProxy, DiskFreeMin, ImportMax, KeepEvents, KeepMessages, ArchiveTo, MetricsUrl, LogLevel, LogFormat];
}
