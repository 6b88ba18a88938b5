namespace Parcours.Channels.Content;

/// <summary>A value as an author wrote it in a template: a field, a literal, or a helper's result.</summary>
abstract record TemplateExpression(int At)
{
    /// <summary>A field: <c>contact.first_name</c>, <c>this</c>, <c>../contact.email</c>, <c>@index</c>.</summary>
    /// <param name="At">Offset in the template.</param>
    /// <param name="Climbs">How many <c>../</c> it begins with.</param>
    /// <param name="Segments">Names, without the dots; empty for <c>this</c>.</param>
    /// <param name="Data">Begins with <c>@</c>, which is not part of the first segment.</param>
    /// <param name="Relative">Begins with <c>this</c> or <c>../</c>, so its first segment is no root.</param>
    internal sealed record Field(int At, int Climbs, IReadOnlyList<string> Segments, bool Data, bool Relative) : TemplateExpression(At)
    {
        public override string ToString() => (Data ? "@" : "") + (Segments.Count == 0 ? "this" : string.Join('.', Segments));
    }

    /// <summary>Text, a number, true, false or null, as written.</summary>
    internal sealed record Literal(int At, object? Value) : TemplateExpression(At);

    /// <summary>A helper called in brackets: <c>(eq a b)</c>.</summary>
    internal sealed record Call(int At, TemplateExpression Head, IReadOnlyList<TemplateExpression> Arguments) : TemplateExpression(At);

    /// <summary>A named value, <c>name=value</c>; no helper of ours takes one.</summary>
    internal sealed record Named(int At, string Name) : TemplateExpression(At);
}

/// <summary>What a tag does.</summary>
enum TagKind
{
    /// <summary><c>{{x}}</c></summary>
    Output,

    /// <summary><c>{{{x}}}</c> or <c>{{&amp;x}}</c></summary>
    Unescaped,

    /// <summary><c>{{#x}}</c></summary>
    Open,

    /// <summary><c>{{^x}}</c>: a block whose contents show when x does not hold.</summary>
    OpenInverse,

    /// <summary><c>{{else}}</c>, <c>{{^}}</c>, <c>{{else if x}}</c></summary>
    Else,

    /// <summary><c>{{/x}}</c></summary>
    Close,

    /// <summary><c>{{! … }}</c></summary>
    Comment,

    /// <summary>Partials and decorators.</summary>
    Foreign,
}

/// <summary>One tag of a template.</summary>
/// <param name="Start">Offset of its first brace.</param>
/// <param name="End">Offset after its last brace.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Content">Its head, then its values; empty for comments, plain else and what could not be read.</param>
/// <param name="BlockNames">The names after <c>as |…|</c>.</param>
/// <param name="IsWhole">False: a problem was told of it already, and <paramref name="Content"/> holds only what stands before that.</param>
sealed record TemplateTag(int Start, int End, TagKind Kind, IReadOnlyList<TemplateExpression> Content, IReadOnlyList<string> BlockNames, bool IsWhole = true);
