namespace Parcours.Channels.Content;

/// <summary>The stable codes of what can be wrong with content. A code, once released, keeps its meaning.</summary>
public static class ContentCodes
{
    /// <summary>A template that cannot be understood.</summary>
    public const string Template = "content.template";

    /// <summary>A block that is never closed, or closed but never opened.</summary>
    public const string Block = "content.block";

    /// <summary>A helper or block that does not exist.</summary>
    public const string Helper = "content.helper";

    /// <summary>A helper with too few, too many or impossible values.</summary>
    public const string Value = "content.value";

    /// <summary>A field that can never be there.</summary>
    public const string Field = "content.field";

    /// <summary>Partials, decorators or anything else that would reach outside the template.</summary>
    public const string Partial = "content.partial";

    /// <summary>A field written into HTML without escaping, or where escaping does not protect.</summary>
    public const string Unescaped = "content.unescaped";

    /// <summary>A document that is no content: not JSON, unknown fields, fields of the wrong type.</summary>
    public const string Json = "content.json";

    /// <summary>No name, or not the one that it is kept under.</summary>
    public const string NoName = "content.name";

    /// <summary>No language, an unknown one, or a default that has no wording.</summary>
    public const string Language = "content.language";

    /// <summary>No subject.</summary>
    public const string NoSubject = "content.subject";

    /// <summary>Neither HTML nor text.</summary>
    public const string NoBody = "content.body";

    /// <summary>Larger than a mail may be.</summary>
    public const string Size = "content.size";

    /// <summary>No link to unsubscribe: marketing mail gets one at its foot.</summary>
    public const string NoUnsubscribe = "content.unsubscribe";
}
