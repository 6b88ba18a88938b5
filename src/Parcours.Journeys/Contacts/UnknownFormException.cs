namespace Parcours.Journeys.Contacts;

/// <summary>Something stored is of a newer form, or of a kind that this program does not know. It is not damaged: whoever meets it stops and says so, and never skips or guesses (Semantics 13.3, 13.4).</summary>
public sealed class UnknownFormException : Exception
{
    public UnknownFormException() { }
    public UnknownFormException(string message) : base(message) { }
    public UnknownFormException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>The same, with the place where it was found.</summary>
    public UnknownFormException At(string place) => new($"{place}: {Message}", this);
}
