using Npgsql;

namespace Parcours.Storage.Postgres;

/// <summary>Reads both spellings: <c>postgres://user:password@host:port/database?sslmode=require</c>, also with several hosts, and <c>Host=…;Database=…</c>.</summary>
public static class ConnectionStrings
{
    /// <exception cref="ArgumentException">It is neither, or a part of it is unknown.</exception>
    /// <exception cref="FormatException">A part of it is not what it should be.</exception>
    public static NpgsqlConnectionStringBuilder Read(string text)
    {
        var rest = text.StartsWith("postgres://", StringComparison.Ordinal) ? text["postgres://".Length..] : text.StartsWith("postgresql://", StringComparison.Ordinal) ? text["postgresql://".Length..] : null;
        if (rest is null)
        {
            var spelled = new NpgsqlConnectionStringBuilder(text);
            return spelled.Host is null ? throw new ArgumentException("It names no host.") : spelled;
        }

        var settings = new NpgsqlConnectionStringBuilder();
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var query = question < 0 ? "" : rest[(question + 1)..];
        if (question >= 0) rest = rest[..question];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var database = slash < 0 ? "" : Uri.UnescapeDataString(rest[(slash + 1)..]);
        var authority = slash < 0 ? rest : rest[..slash];
        if (authority.LastIndexOf('@') is var at and >= 0)
        {
            var user = authority[..at].Split(':', 2);
            settings.Username = Uri.UnescapeDataString(user[0]);
            if (user.Length == 2) settings.Password = Uri.UnescapeDataString(user[1]);
            authority = authority[(at + 1)..];
        }

        // One port goes beside the host; with several hosts each carries its own.
        settings.Host = authority.Length == 0 ? "localhost" : authority;
        if (!authority.Contains(',', StringComparison.Ordinal) && authority.LastIndexOf(':') is var colon and > 0 && !authority.EndsWith(']'))
        {
            settings.Host = authority[..colon];
            settings.Port = int.TryParse(authority[(colon + 1)..], out var port) && port is > 0 and < 65_536 ? port : throw new FormatException($"\"{authority[(colon + 1)..]}\" is no port.");
        }

        if (database.Length > 0) settings.Database = database;
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = pair.Split('=', 2) is [var key, var said] ? (key, Uri.UnescapeDataString(said)) : (pair, "");
            switch (name)
            {
                case "sslmode": settings.SslMode = Enum.TryParse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var mode) ? mode : throw new FormatException($"sslmode={value} is none of disable, allow, prefer, require, verify-ca, verify-full."); break;
                case "sslrootcert": settings.RootCertificate = value; break;
                case "application_name": settings.ApplicationName = value; break;
                case "host": settings.Host = value; break;
                case "target_session_attrs": settings.TargetSessionAttributes = value; break;
                default: throw new ArgumentException($"It cannot be said what {name} means: after the question mark there may be sslmode, sslrootcert, application_name, host and target_session_attrs.");
            }
        }

        settings.Database ??= "parcours";
        return settings;
    }
}
