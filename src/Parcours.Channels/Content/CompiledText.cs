using System.Net;
using System.Text;
using HandlebarsDotNet;

namespace Parcours.Channels.Content;

/// <summary>The wording in one language, compiled: its templates, and what the house adds to them.</summary>
sealed class CompiledText
{
    /// <summary>Keeps the preheader out of sight in the mail, and the mail's first words out of the mailbox's list.</summary>
    const string PreheaderOpen = "<div style=\"display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;mso-hide:all\">";

    readonly HandlebarsTemplate<TextWriter, object, object> _subject;
    readonly HandlebarsTemplate<TextWriter, object, object>? _preheader;
    readonly HandlebarsTemplate<TextWriter, object, object>? _html;
    readonly HandlebarsTemplate<TextWriter, object, object>? _text;
    readonly IReadOnlyList<TrackedLink> _links = [];
    readonly bool _textIsDerived;
    readonly int _bodyFrom;

    public CompiledText(string language, EmailText text)
    {
        Language = language;
        _subject = TemplateEngine.Compile(text.Subject, html: false);
        if (!string.IsNullOrWhiteSpace(text.Preheader))
            _preheader = TemplateEngine.Compile(text.Preheader, html: false);
        if (!string.IsNullOrWhiteSpace(text.Text))
            _text = TemplateEngine.Compile(text.Text, html: false);
        if (string.IsNullOrWhiteSpace(text.Html))
            return;

        var tags = TemplateScanner.Scan(text.Html, static (_, _, _) => { });
        (_html, _links) = CompileTracked(text.Html, tags);
        _bodyFrom = BodyFrom(text.Html);
        if (_text is null && PlainText.TemplateOfHtml(text.Html, tags) is { } derived)
            _text = CompileDerived(derived);
        _textIsDerived = string.IsNullOrWhiteSpace(text.Text);
    }

    public string Language { get; }

    /// <exception cref="RenderException">The mail cannot be made of these fields.</exception>
    public RenderOutcome.Mail Render(RenderScope scope, TemplateObject root, MailFields fields)
    {
        var subject = OneLine(Run(_subject, scope, root));
        if (subject.Length == 0)
            throw new RenderException(RenderFailure.NoSubject, null, "The subject is empty once its fields are filled in.");
        var preheader = _preheader is null ? "" : OneLine(Run(_preheader, scope, root));
        scope.Links = _links;
        // Addresses in text are read by people: they stay as they are.
        scope.Tracking = null;
        var plain = _text is null ? Run(_html!, scope, root) : null;
        var text = plain is null ? Run(_text!, scope, root) : PlainText.OfHtml(plain);
        scope.Tracking = fields.Tracking;
        // Where nothing is noticed the page is the one that the text was made of.
        var html = _html is null ? "" : fields.Tracking is null && plain is not null ? plain : Run(_html, scope, root);
        if (_textIsDerived)
            text = PlainText.Tidy(text);

        if (html.Length > 0 && preheader.Length > 0)
            html = html.Insert(BodyAt(html), $"{PreheaderOpen}{WebUtility.HtmlEncode(preheader)}</div>");
        if (fields is { Marketing: true, UnsubscribeLink: { } link })
        {
            html = html.Length == 0 || html.Contains(link, StringComparison.Ordinal) ? html : UnsubscribeFoot.OfHtml(html, Language, link);
            text = text.Contains(link, StringComparison.Ordinal) ? text : UnsubscribeFoot.OfText(text, Language, link);
        }

        return new RenderOutcome.Mail(Language, subject, preheader, html, text);
    }

    static string Run(HandlebarsTemplate<TextWriter, object, object> template, RenderScope scope, TemplateObject root)
    {
        template(scope, root, null!);
        return scope.Take();
    }

    static (HandlebarsTemplate<TextWriter, object, object> Template, IReadOnlyList<TrackedLink> Links) CompileTracked(string html, IReadOnlyList<TemplateTag> tags)
    {
        var (marked, links) = TrackedLinks.Mark(html, tags);
        try
        {
            return (TemplateEngine.Compile(marked, html: true), links);
        }
        catch (HandlebarsException)
        {
            // Nobody may get no mail because of what we put into it.
            return (TemplateEngine.Compile(html, html: true), []);
        }
    }

    static HandlebarsTemplate<TextWriter, object, object>? CompileDerived(string derived)
    {
        try
        {
            return TemplateEngine.Compile(derived, html: false);
        }
        catch (HandlebarsException)
        {
            // What HTML rearranged may no longer be a template; the text is then derived of each mail.
            return null;
        }
    }

    /// <summary>Where the body begins, if no field stands before it: then it is the same place in every mail. Else −1.</summary>
    static int BodyFrom(string html) => AfterBodyTag(html) is var at && html.AsSpan(0, at).Contains("{{", StringComparison.Ordinal) ? -1 : at;

    int BodyAt(string html) => _bodyFrom >= 0 ? _bodyFrom : AfterBodyTag(html);

    /// <summary>The offset after <c>&lt;body …&gt;</c>; 0 without one.</summary>
    static int AfterBodyTag(string html)
    {
        var open = html.IndexOf("<body", StringComparison.OrdinalIgnoreCase);
        if (open < 0)
            return 0;
        var quote = '\0';
        for (var i = open; i < html.Length; i++)
        {
            var c = html[i];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'')
                quote = c;
            else if (c == '>')
                return i + 1;
        }

        return 0;
    }

    /// <summary>A header is one line: whatever a field holds, it can neither end the line nor begin another header.</summary>
    static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsControl(c) && !char.IsWhiteSpace(c) && c is not ('\u2028' or '\u2029'))
                line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
        }

        return line.ToString().TrimEnd();
    }
}
