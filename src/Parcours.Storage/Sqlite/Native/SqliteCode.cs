namespace Parcours.Storage.Sqlite.Native;

/// <summary>The result codes that the store tells apart; the low byte of an extended code.</summary>
enum SqliteCode
{
    Ok = 0,
    Error = 1,
    Permission = 3,
    Busy = 5,
    Locked = 6,
    OutOfMemory = 7,
    ReadOnly = 8,
    InputOutput = 10,
    Corrupt = 11,
    Full = 13,
    CannotOpen = 14,
    Constraint = 19,
    Misuse = 21,
    NotADatabase = 26,
    Row = 100,
    Done = 101,
}
