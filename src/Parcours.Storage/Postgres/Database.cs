using Npgsql;
using Parcours.Engine.Ports;

namespace Parcours.Storage.Postgres;

/// <summary>Where the database is, and how connections to it are set.</summary>
sealed class Database : IAsyncDisposable
{
    /// <summary>For what a node asks all the time and is answered at once: by then it is cut off, whatever it believes.</summary>
    public const int LookWithinSeconds = 8;

    readonly NpgsqlDataSource _pool, _single;

    public Database(string connectionString, int connections)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = ConnectionStrings.Read(connectionString);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            throw new StoreException(StoreFailure.Other, $"The database's address cannot be read: {wrong.Message} Say for example postgres://user@localhost/parcours.", wrong);
        }

        Where = $"{settings.Database} on {settings.Host}" + (settings.Host?.Contains(':', StringComparison.Ordinal) == true || settings.Port == 5432 ? "" : $":{settings.Port}");
        settings.ApplicationName ??= "parcours";
        settings.MaxAutoPrepare = 200;
        settings.AutoPrepareMinUsages = 2;
        settings.NoResetOnClose = false;
        settings.IncludeErrorDetail = false;
        // Whoever is cut off is noticed by both ends within seconds (Semantics 15.4).
        settings.KeepAlive = 0;
        settings.TcpKeepAlive = true;
        settings.TcpKeepAliveTime = 1;
        settings.TcpKeepAliveInterval = 1;
        settings.CommandTimeout = 30;
        settings.Timeout = 5;
        // Every hot statement reads by a key. On fresh tables without statistics the planner took scans and hash joins instead, 15 to 30 times as slow on a prototype.
        settings.Options = string.Join(' ', [settings.Options, "-c enable_seqscan=off", "-c enable_hashjoin=off", "-c enable_mergejoin=off", "-c jit=off", "-c tcp_keepalives_idle=1", "-c tcp_keepalives_interval=1", "-c tcp_keepalives_count=3", "-c tcp_user_timeout=4000", $"-c idle_in_transaction_session_timeout={SilentMilliseconds}"]).Trim();
        // With several hosts: the one that takes writes.
        if (settings.Host?.Contains(',', StringComparison.Ordinal) == true)
        {
            settings.TargetSessionAttributes ??= "primary";
            // What a host was is asked anew: by default one that was promoted would be passed over for ten seconds more.
            settings.HostRecheckSeconds = 1;
        }

        settings.MaxPoolSize = connections;
        _pool = Build(settings.ConnectionString);
        // A session's locks go with its connection: it must never lie in a pool where the next owner would find them.
        settings.Pooling = false;
        _single = Build(settings.ConnectionString);
    }

    /// <summary>
    /// As long as a node may be silent (Semantics 15.4): one that is cut off in the midst of a transaction holds rows, such as the ends of journals, for which all others wait. Its session that owns partitions is ended by them; those of its
    /// pool end themselves.
    /// </summary>
    const int SilentMilliseconds = 7_000;

    /// <summary>For people: database and host, never the password.</summary>
    public string Where { get; }

    public async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) => await OpenAsync(_pool, cancellationToken);

    /// <summary>A connection of its own, which is closed when it is disposed of.</summary>
    public async ValueTask<NpgsqlConnection> OpenSingleAsync(CancellationToken cancellationToken) => await OpenAsync(_single, cancellationToken);

    async ValueTask<NpgsqlConnection> OpenAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        try
        {
            return await source.OpenConnectionAsync(cancellationToken);
        }
        catch (Exception failure) when (StoreFailures.IsOfServer(failure))
        {
            throw StoreFailures.Of(failure, Where);
        }
    }

    // Nothing but built-in types is used: to ask the server for all of its own is a large query, twice at each start.
    static NpgsqlDataSource Build(string connectionString) => new NpgsqlDataSourceBuilder(connectionString).ConfigureTypeLoading(static types => types.EnableTypeLoading(false)).Build();

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        await _single.DisposeAsync();
    }
}
