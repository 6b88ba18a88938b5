namespace Parcours.Cli;

/// <summary>Where the engine and the channels tell how they are: the log of the server, once there is one; before that, standard error.</summary>
/// <param name="level">What is told at all.</param>
sealed partial class EngineLog(LogLevel level)
{
    ILogger? _log;

    public void Use(ILoggerFactory loggers) => _log = loggers.CreateLogger("Parcours.Engine");

    /// <summary>The engine cannot work.</summary>
    public void Faulted(string why) => Tell(LogLevel.Error, why, LogFault);

    /// <summary>Another node leads; all is well.</summary>
    public void StoodBy(string why) => Tell(LogLevel.Information, why, LogStandBy);

    /// <summary>The mail server cannot be used, or can again.</summary>
    public void MailServer(string what) => Tell(LogLevel.Warning, what, LogMailServer);

    /// <summary>Secrets that no key here opens.</summary>
    public void Shut(int secrets) => Tell(LogLevel.Warning, $"{secrets} secrets in the database are sealed with a key that is not here: webhooks that need them wait, and authenticator codes are refused. Add the key to the file of {Configuration.Setting.SecretsKeyFile.Option}, on a line of its own, and start again.", LogShut);

    void Tell(LogLevel of, string what, Action<ILogger, string> log)
    {
        if (_log is { } there)
            log(there, what);
        else if (of >= level)
            Console.Error.WriteLine(what);
    }

    [LoggerMessage(4, LogLevel.Warning, "{What}")]
    static partial void LogShut(ILogger log, string what);

    [LoggerMessage(1, LogLevel.Error, "{Why}")]
    static partial void LogFault(ILogger log, string why);

    [LoggerMessage(2, LogLevel.Information, "{Why}")]
    static partial void LogStandBy(ILogger log, string why);

    [LoggerMessage(3, LogLevel.Warning, "{What}")]
    static partial void LogMailServer(ILogger log, string what);
}
