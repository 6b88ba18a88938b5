namespace Parcours.Security;

/// <summary>What a key opens.</summary>
public enum KeyScope
{
    /// <summary>Servers that send events and traits: the intake, with all rights there.</summary>
    Intake = 0,
    /// <summary>Web pages and apps, where everybody can read it: the intake, with the narrow rights of Semantics 4.3.</summary>
    Public = 1,
    /// <summary>Reading over <c>/api/v1</c>.</summary>
    Read = 2,
    /// <summary>Everything over <c>/api/v1</c>.</summary>
    Admin = 3,
}
