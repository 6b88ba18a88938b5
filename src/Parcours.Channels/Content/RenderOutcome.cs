namespace Parcours.Channels.Content;

/// <summary>What rendering came to: a whole mail or a reason, never half a mail (Semantics 6.7).</summary>
public abstract record RenderOutcome
{
    RenderOutcome() { }

    /// <summary>The mail.</summary>
    /// <param name="Language">The tag of the wording that was used.</param>
    /// <param name="Subject">One line, without control characters.</param>
    /// <param name="Preheader">One line; empty for none.</param>
    /// <param name="Html">Empty for a mail of text alone.</param>
    /// <param name="Text">Never empty where there is HTML that says something.</param>
    public sealed record Mail(string Language, string Subject, string Preheader, string Html, string Text) : RenderOutcome;

    /// <summary>The reason.</summary>
    /// <param name="Code">One of <see cref="RenderFailure"/>: stable.</param>
    /// <param name="Field">The field to blame, if it is one: <c>contact.first_name</c>.</param>
    /// <param name="Why">In English, without any value of a field: it is stored and logged (Semantics 11.4).</param>
    public sealed record Failed(string Code, string? Field, string Why) : RenderOutcome;
}
