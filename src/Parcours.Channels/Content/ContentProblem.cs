using Parcours.Journeys.Definitions;

namespace Parcours.Channels.Content;

/// <summary>The part of an e-mail that a problem is in.</summary>
public enum ContentPart
{
    /// <summary>The content as a whole: its name, its languages.</summary>
    Content,
    Subject,
    Preheader,
    Html,
    Text,
}

/// <summary>One thing that is wrong with content, found when it is saved.</summary>
/// <param name="Code">Stable, for scripts and translations: see docs/content.md.</param>
/// <param name="Severity">Errors refuse the content; warnings only tell.</param>
/// <param name="Part">Where it is.</param>
/// <param name="Language">The language whose wording has it; null if it concerns all.</param>
/// <param name="Line">From 1; null where no place can be named.</param>
/// <param name="Column">From 1, in UTF-16 code units; null where no place can be named.</param>
/// <param name="Text">What is wrong and what to do, in English.</param>
public sealed record ContentProblem(
    string Code, Severity Severity, ContentPart Part, string? Language, int? Line, int? Column, string Text);
