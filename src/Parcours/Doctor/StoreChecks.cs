using System.Globalization;
using NodaTime;
using Parcours.Configuration;
using Parcours.Engine.Ports;
using Parcours.Storage.Inspection;

namespace Parcours.Doctor;

/// <summary>The database, and what lies in it that somebody should look after.</summary>
static class StoreChecks
{
    public static async IAsyncEnumerable<Finding> OfAsync(Settings settings, TimeProvider time, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StoreFacts? facts = null;
        Finding? unreachable = null;
        try
        {
            facts = settings.Database is { } database ? await ServerInspection.ReadAsync(database, time, cancellationToken) : FolderInspection.Read(settings.Data);
        }
        catch (StoreException failed)
        {
            unreachable = Finding.Problem("database", failed.Message);
        }

        if (unreachable is not null)
            yield return unreachable;
        else if (facts is null)
            yield return Finding.Ok("database", $"There is none in {settings.Data} yet; the first start makes it.");
        if (facts is null)
            yield break;
        yield return Finding.Ok("database", string.Create(CultureInfo.InvariantCulture, $"{facts.Program}, {facts.Where}, {facts.Bytes / 1e6:0.0} MB."));
        yield return Schema(facts);
        if (facts.Server is { } server)
            foreach (var finding in Server(server))
                yield return finding;
        if (facts.Schema == facts.Newest)
            foreach (var finding in Work(facts, Instant.FromDateTimeOffset(time.GetUtcNow())))
                yield return finding;
    }

    static Finding Schema(StoreFacts facts) =>
        facts.Schema > facts.Newest ? Finding.Problem("migrations", $"The database has schema {facts.Schema}, and this program knows schemas up to {facts.Newest}: start the newer version of Parcours that wrote it.")
        : facts.Schema == facts.Newest ? Finding.Ok("migrations", $"The schema is the newest ({facts.Newest}).")
        : facts.Schema == 0 ? Finding.Warn("migrations", "The database is empty; the first start makes the tables.")
        : Finding.Warn("migrations", $"The database has schema {facts.Schema}; the next start brings it to {facts.Newest}. Back it up before.");

    static IEnumerable<Finding> Server(ServerFacts server)
    {
        if (server.Version < 15)
            yield return Finding.Problem("server", $"PostgreSQL {server.Version} is too old: Parcours needs 15 or later.");
        if (server.Encoding != "UTF8")
            yield return Finding.Problem("server", $"The database's encoding is {server.Encoding}. Make one with: createdb --encoding=UTF8 --template=template0 parcours.");
        if (server.IsStandby)
            yield return Finding.Problem("server", "This server is a standby, which takes no writes. Name the primary, or all hosts joined by commas.");
        yield return server.IsPooled
            ? Finding.Problem("pooler", "The database is reached through a pooler that shares connections, behind which a session's lock means nothing. Name PostgreSQL itself, or a pooler in session mode.")
            : Finding.Ok("pooler", "Each connection has a session of its own.");
        foreach (var (name, wrong, why) in ((string, string, string)[])[
            ("fsync", "off", "What was acknowledged may be lost when the machine stops."),
            ("full_page_writes", "off", "The database may be damaged when the machine stops."),
            ("synchronous_commit", "off", "What was acknowledged in the last moment may be lost when the server stops."),
            ("autovacuum", "off", "Tables and indexes grow without end."),
            ("default_transaction_read_only", "on", "Nothing can be written.")])
            if (server.Settings.GetValueOrDefault(name) == wrong)
                yield return Finding.Problem("server", $"{name} is {wrong}. {why}");
        if (server.Settings.GetValueOrDefault("idle_session_timeout") is { } idle && idle != "0")
            yield return Finding.Warn("server", $"idle_session_timeout is {idle} ms: it ends sessions that own partitions, and they move each time. Set it to 0 for this user.");
        yield return Connections(server);
        yield return Clock(server.ClockAhead);
        if (server.Nodes.Select(node => node.Version).Distinct().Count() > 1)
            yield return Finding.Warn("nodes", $"Nodes run different versions: {string.Join(", ", server.Nodes.Select(node => $"{node.Name} {node.Version}"))}. Finish the upgrade.");
        else
            yield return Finding.Ok("nodes", server.Nodes.Count == 0 ? "None serves at present." : string.Join(", ", server.Nodes.Select(node => $"{node.Name} ({node.Address}) {(node.Works ? "works" : "waits for its share")}")) + ".");
    }

    /// <summary>Semantics 15.3: the nodes' connections are reckoned against the server's limit; one node more than there are, for an upgrade.</summary>
    static Finding Connections(ServerFacts server)
    {
        var wanted = (server.Nodes.Count + 1) * server.ConnectionsANode;
        var said = $"{server.Connections} of {server.ConnectionsMost} are taken; a node takes up to {server.ConnectionsANode}.";
        return server.ConnectionsMost - server.Connections < server.ConnectionsANode && server.Nodes.Count == 0 || server.ConnectionsMost < wanted
            ? Finding.Problem("connections", $"{said} That is too few for {server.Nodes.Count + 1} nodes: set max_connections to {wanted + 20} or more.")
            : Finding.Ok("connections", said);
    }

    static Finding Clock(Duration ahead)
    {
        var off = Duration.Max(ahead, -ahead);
        var said = string.Create(CultureInfo.InvariantCulture, $"The database's clock is {off.TotalSeconds:0.000} s {(ahead < Duration.Zero ? "behind" : "ahead of")} this machine's.");
        return off > Duration.FromSeconds(30) ? Finding.Problem("clock", $"{said} Nodes go by the database's, logs and certificates by the machine's. Let both keep time (chrony, systemd-timesyncd).")
            : off > Duration.FromSeconds(1) ? Finding.Warn("clock", $"{said} Let both keep time (chrony, systemd-timesyncd).") : Finding.Ok("clock", said);
    }

    static IEnumerable<Finding> Work(StoreFacts facts, Instant now)
    {
        yield return facts.DeadLetters == 0 ? Finding.Ok("dead-letters", "None.")
            : Finding.Warn("dead-letters", $"{facts.DeadLetters} could not be worked off, the last at {facts.LastDeadLetter}. GET /api/v1/system/dead-letters says why.");
        yield return facts.InDoubt == 0 ? Finding.Ok("in-doubt", "No message.")
            : Finding.Warn("in-doubt", $"Of {facts.InDoubt} messages so far nobody knows whether they left. GET /api/v1/messages?status=inDoubt shows them; each can be sent again.");
        var late = facts.WaitingSince is { } since && since < now ? now - since : Duration.Zero;
        var waiting = facts.Waiting >= StoreFacts.CountedMost ? $"{StoreFacts.CountedMost} or more" : facts.Waiting.ToString(CultureInfo.InvariantCulture);
        // A paused journey's messages wait for as long as the pause, and rightly so.
        yield return late < Duration.FromMinutes(10) ? Finding.Ok("outbox", $"{waiting} messages wait.")
            : Finding.Warn("outbox", $"{waiting} messages wait, the first could have gone {(long)late.TotalMinutes} minutes ago. A paused journey, a server that is not running, or a mail server that takes none.");
    }
}
