using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Parcours.Channels.Content;

/// <summary>The plain mail that says what the HTML says.</summary>
static class PlainText
{
    /// <summary>Elements nested deeper than any mail's are left out: the walk recurses, and the stack has an end.</summary>
    const int DepthMax = 500;

    /// <summary>Elements that hold nothing to read.</summary>
    static readonly HashSet<string> Silent = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "style", "head", "title", "template", "noscript", "svg", "object", "iframe", "video", "audio", "map", "select", "textarea",
    };

    static readonly HashSet<string> Paragraphs = new(StringComparer.OrdinalIgnoreCase) { "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre" };

    static readonly HashSet<string> Lines = new(StringComparer.OrdinalIgnoreCase)
    {
        "div", "li", "tr", "section", "article", "header", "footer", "main", "nav", "center", "dt", "dd", "figure", "form", "address", "fieldset",
    };

    /// <summary>Elements that may stand open at once before HTML is no mail any more: reading takes time by the square of that.</summary>
    public const int OpenElementsMax = 2_000;

    /// <summary>Elements that end by themselves, or where the next of their kind begins.</summary>
    static readonly HashSet<string> SelfEnding = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option",
    };

    /// <summary>Derives the text of a rendered mail; nothing of HTML that nests without end.</summary>
    public static string OfHtml(string html) => NestsTooDeep(html) >= 0 ? "" : Of(html, comment: static _ => null);

    /// <summary>The offset where more than <see cref="OpenElementsMax"/> elements stand open, as far as can be told without reading HTML in full; −1 if nowhere.</summary>
    public static int NestsTooDeep(string html)
    {
        var names = SelfEnding.GetAlternateLookup<ReadOnlySpan<char>>();
        var open = 0;
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < html.Length; at = html.IndexOf('<', at + 1))
        {
            if (html[at + 1] == '/')
            {
                open = Math.Max(0, open - 1);
                continue;
            }

            var name = html.AsSpan(at + 1);
            var length = name.IndexOfAnyExcept(NameCharacters);
            if (char.IsAsciiLetter(name[0]) && !names.Contains(length < 0 ? name : name[..length]) && ++open > OpenElementsMax)
                return at;
        }

        return -1;
    }

    static readonly System.Buffers.SearchValues<char> NameCharacters = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>
    /// Derives a text <em>template</em> of an HTML template, once a version instead of once a mail: parsing HTML costs a hundred times what filling in costs.
    /// Tags in text become comments, which HTML lets stand anywhere, a table included, and come back as tags.
    /// </summary>
    /// <returns>Null if the template cannot be carried over: then the text is derived of each mail.</returns>
    public static string? TemplateOfHtml(string html, IReadOnlyList<TemplateTag> tags)
    {
        // A mark of ours in the author's text could not be told from ours.
        if (NestsTooDeep(html) >= 0 || html.Contains(Mark) || html.Contains("\\{{", StringComparison.Ordinal))
            return null;

        var marked = new StringBuilder(html.Length);
        var from = 0;
        var inTag = false;
        for (var i = 0; i < tags.Count; i++)
        {
            var before = html.AsSpan(from, tags[i].Start - from);
            marked.Append(before);
            var (open, close) = (before.LastIndexOf('<'), before.LastIndexOf('>'));
            if (open != close)
                inTag = open > close;
            marked.Append(inTag ? $"{Mark}{i}{Mark}" : $"<!--{Mark}{i}-->");
            from = tags[i].End;
        }

        marked.Append(html.AsSpan(from));
        var text = Of(marked.ToString(), comment => comment.StartsWith(Mark) ? $"{Mark}{comment[1..]}{Mark}" : null);
        return text.Contains("{{", StringComparison.Ordinal) ? null : Unmark(text, html, tags);
    }

    /// <summary>Conditions that do not hold leave empty lines behind: no more than one in a row, none at either end.</summary>
    public static string Tidy(string text)
    {
        if (!text.Contains("\n\n\n", StringComparison.Ordinal) && !text.StartsWith('\n') && !text.EndsWith("\n\n", StringComparison.Ordinal))
            return text;
        var tidy = new StringBuilder(text.Length);
        var lines = 0;
        foreach (var c in text)
        {
            if (c == '\n')
            {
                lines++;
                continue;
            }

            if (tidy.Length > 0)
                tidy.Append('\n', Math.Min(lines, 2));
            lines = 0;
            tidy.Append(c);
        }

        return tidy.Length == 0 ? "" : tidy.Append('\n').ToString();
    }

    /// <summary>A private-use character: no language writes it.</summary>
    const char Mark = '\uF8F1';

    static string? Unmark(string text, string html, IReadOnlyList<TemplateTag> tags)
    {
        var pieces = text.Split(Mark);
        if (pieces.Length % 2 == 0)
            return null;
        var template = new StringBuilder(text.Length * 2);
        var next = 0;
        for (var i = 0; i < pieces.Length; i++)
        {
            if (i % 2 == 0)
            {
                template.Append(pieces[i]);
                continue;
            }

            // HTML may have moved or dropped pieces: blocks that came apart would say something else than the HTML does.
            if (!int.TryParse(pieces[i], out var index) || index < next || index >= tags.Count)
                return null;
            if (Skips(tags, next, index))
                return null;
            template.Append(html, tags[index].Start, tags[index].End - tags[index].Start);
            next = index + 1;
        }

        return Skips(tags, next, tags.Count) ? null : template.ToString();
    }

    /// <summary>Whether blocks would be torn by leaving these tags out: whole blocks may go, as those around a style do.</summary>
    static bool Skips(IReadOnlyList<TemplateTag> tags, int from, int to)
    {
        var depth = 0;
        for (var i = from; i < to; i++)
        {
            depth += tags[i].Kind switch { TagKind.Open => 1, TagKind.Close => -1, _ => 0 };
            if (depth < 0 || (tags[i].Kind == TagKind.Else && depth == 0))
                return true;
        }

        return depth != 0;
    }

    static string Of(string html, Func<string, string?> comment)
    {
        using var document = new HtmlParser().ParseDocument(html);
        var writer = new Writer();
        foreach (var node in document.ChildNodes)
            Write(node, writer, comment, depth: 0);
        return writer.ToString();
    }

    static void Write(INode node, Writer writer, Func<string, string?> comment, int depth)
    {
        switch (node)
        {
            case IText text:
                writer.Text(text.Data);
                break;
            case IComment { Data: var data } when comment(data) is { } kept:
                writer.Exactly(kept);
                break;
            case IElement element when depth < DepthMax && !IsSilent(element):
                Write(element, writer, comment, depth + 1);
                break;
        }
    }

    static void Write(IElement element, Writer writer, Func<string, string?> comment, int depth)
    {
        var name = element.LocalName;
        var gap = Paragraphs.Contains(name) ? 2 : Lines.Contains(name) ? 1 : 0;
        switch (name)
        {
            case "br":
                writer.Break();
                return;
            case "hr":
                writer.Gap(2);
                writer.Text("----------");
                writer.Gap(2);
                return;
            case "img":
                writer.Text(element.GetAttribute("alt") ?? "");
                return;
        }

        writer.Gap(gap);
        if (name == "li")
            writer.Text("- ");
        if (name is "td" or "th")
            writer.Text(" ");
        var start = writer.Length;
        foreach (var child in element.ChildNodes)
            Write(child, writer, comment, depth);
        if (element is IHtmlAnchorElement && element.GetAttribute("href")?.Trim() is { Length: > 0 } target && target[0] != '#')
            WriteTarget(writer, start, target);
        writer.Gap(gap);
    }

    static void WriteTarget(Writer writer, int start, string target)
    {
        var shown = writer.Since(start);
        var bare = target.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? target[7..] : target;
        if (shown.Length > 0 && shown.Equals(bare, StringComparison.OrdinalIgnoreCase))
            return;
        writer.Text(shown.Length == 0 ? bare : $" ({bare})");
    }

    static bool IsSilent(IElement element) =>
        Silent.Contains(element.LocalName)
        || element.HasAttribute("hidden")
        || (element.GetAttribute("style")?.Replace(" ", "", StringComparison.Ordinal).Contains("display:none", StringComparison.OrdinalIgnoreCase) ?? false);

    /// <summary>Puts words together as a reader sees them: white space once, lines where blocks end, never more than one empty line.</summary>
    sealed class Writer
    {
        readonly StringBuilder _text = new();
        int _gap;
        bool _space;

        public int Length => _text.Length;

        public string Since(int start) => _text.ToString(start, _text.Length - start).Trim();

        public void Gap(int lines) => _gap = _text.Length == 0 ? 0 : Math.Max(_gap, lines);

        public void Break()
        {
            _gap = Math.Min(2, _gap + 1);
            _space = false;
        }

        public void Text(string text)
        {
            foreach (var c in text)
            {
                if (char.IsWhiteSpace(c) && c != '\u00A0')
                    _space = true;
                else if (c is not ('\u200B' or '\u200C' or '\u034F' or '\u00AD' or '\uFEFF'))
                    Put(c == '\u00A0' ? ' ' : c);
            }
        }

        public void Exactly(string text)
        {
            foreach (var c in text)
                Put(c);
        }

        void Put(char c)
        {
            if (_gap > 0 && _text.Length > 0)
                _text.Append('\n', _gap);
            else if (_space && _text.Length > 0)
                _text.Append(' ');
            _gap = 0;
            _space = false;
            _text.Append(c);
        }

        public override string ToString() => _text.Length == 0 ? "" : _text.Append('\n').ToString();
    }
}
