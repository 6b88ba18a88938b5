namespace Parcours.Http;

/// <summary>What the HTTP side can be told. Everything has a default that is right for one machine.</summary>
public sealed record HttpSettings
{
    /// <summary>The address that readers of mail reach, e.g. <c>https://journeys.example.com</c>; null: links in messages name the first address that is listened on.</summary>
    public Uri? PublicBase { get; init; }

    /// <summary>Whether <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> are believed. Only behind a proxy that sets them: whoever reaches the port directly could else claim any address.</summary>
    public bool BelieveForwardedHeaders { get; init; }

    /// <summary>A token that stands for an administrator: the commands of the same machine use it while <c>serve</c> runs (Semantics 15.8). Null: none.</summary>
    public string? LocalToken { get; init; }

    /// <summary>Bytes of a body under <c>/api/v1</c>; the intake has limits of its own (Semantics 16.1).</summary>
    public int BodyBytesMax { get; init; } = 4 * 1024 * 1024;

    /// <summary>Where uploaded files lie until they are imported, and what of them could not be; null: a temporary folder, which goes with the process.</summary>
    public string? ImportFolder { get; init; }

    /// <summary>Whether other nodes may come to lead: then what is uploaded lies in the database, where they find it.</summary>
    public bool NodesShare { get; init; }

    /// <summary>Bytes of a file to import, as it is sent.</summary>
    public long ImportBytesMax { get; init; } = 2048L * 1024 * 1024;

    /// <summary>Where ready-made journeys of one's own lie; null: nowhere.</summary>
    public string? GalleryFolder { get; init; }

    /// <summary>What the web application was built into; null: <c>wwwroot</c> beside the program.</summary>
    public string? WebFolder { get; init; }

    /// <summary>The installation's time zone; null: UTC.</summary>
    public NodaTime.DateTimeZone? TimeZone { get; init; }

    /// <summary>Entries a minute that one key may send; practically off, for a server's key is trusted not to flood.</summary>
    public int EntriesPerMinuteByKey { get; init; } = 6_000_000;

    /// <summary>Entries a minute that come to one incoming webhook.</summary>
    public int EntriesPerMinuteByHook { get; init; } = 6_000;

    /// <summary>Entries a minute by public keys from one address, and for one contact (Semantics 16.3).</summary>
    public int EntriesPerMinuteInPublic { get; init; } = 600;

    /// <summary>What of the disk of the data is free, 0 to 1, for the metrics; null: it is not this machine's.</summary>
    public Func<double>? DiskFree { get; init; }

    /// <summary>How long a session of a browser lasts.</summary>
    public TimeSpan SessionLength { get; init; } = TimeSpan.FromDays(7);
}
