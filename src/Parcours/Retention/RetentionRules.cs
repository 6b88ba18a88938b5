using NodaTime;

namespace Parcours.Retention;

/// <summary>How long history is kept, and where it goes before it is dropped.</summary>
/// <param name="Events">Null: for ever.</param>
/// <param name="Messages">Null: for ever. What still waits is kept in any case.</param>
/// <param name="Archive">A folder; null: what is dropped is gone.</param>
sealed record RetentionRules(Duration? Events, Duration? Messages, string? Archive)
{
    /// <summary>What came in is known for 8 days (Semantics 5.1), and words on a message may take weeks to come back.</summary>
    public const int DaysLeast = 30, DaysMost = 36_500;

    public bool DropsAnything => Events is not null || Messages is not null;
}
