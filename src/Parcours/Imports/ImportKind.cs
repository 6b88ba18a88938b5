namespace Parcours.Imports;

/// <summary>What the rows of a file are.</summary>
public enum ImportKind
{
    /// <summary>A row is a person: who it is and what is to be known of them.</summary>
    Contacts = 0,

    /// <summary>A row is something that somebody did.</summary>
    Events = 1,

    /// <summary>A row is a person who shall enter a journey, with what is to be known on the way.</summary>
    Enrolments = 2,
}

/// <summary>What an empty cell says.</summary>
public enum EmptyCell
{
    /// <summary>Nothing: what is there stays.</summary>
    Keep = 0,

    /// <summary>The property is taken away.</summary>
    Clear = 1,
}
