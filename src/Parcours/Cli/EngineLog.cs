namespace Parcours.Cli;

/// <summary>Where the engine's faults are told: the log of the server, once there is one; before that, standard error.</summary>
sealed partial class EngineLog
{
    ILogger? _log;

    public void Use(ILoggerFactory loggers) => _log = loggers.CreateLogger("Parcours.Engine");

    public void Tell(string why)
    {
        if (_log is { } log)
            LogFault(log, why);
        else
            Console.Error.WriteLine(why);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Why}")]
    static partial void LogFault(ILogger log, string why);
}
