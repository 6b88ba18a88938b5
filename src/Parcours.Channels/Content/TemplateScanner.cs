using System.Globalization;

namespace Parcours.Channels.Content;

/// <summary>
/// Reads the tags of a template with their places. Rendering is Handlebars.Net's; it stops at the first error, has no places for
/// most, and finds unknown helpers and partials only while rendering. So what an author is told comes from here.
/// </summary>
sealed class TemplateScanner
{
    readonly string _source;
    readonly Action<string, int, string> _problem;
    int _at;
    int _end;

    TemplateScanner(string source, Action<string, int, string> problem)
    {
        _source = source;
        _problem = problem;
    }

    /// <summary>All tags in order.</summary>
    /// <param name="source">The template.</param>
    /// <param name="problem">Told of each tag that cannot be read: code, offset, text.</param>
    public static List<TemplateTag> Scan(string source, Action<string, int, string> problem) => new TemplateScanner(source, problem).Scan();

    List<TemplateTag> Scan()
    {
        var tags = new List<TemplateTag>();
        var from = 0;
        while (_source.IndexOf("{{", from, StringComparison.Ordinal) is var open and >= 0)
        {
            if (open > 0 && _source[open - 1] == '\\')
            {
                // Handlebars takes an escaped tag as text; two back-slashes mean different things in different versions.
                if (open > 1 && _source[open - 2] == '\\')
                    _problem(ContentCodes.Template, open - 2, "Two back-slashes before a tag are not supported.");
                from = open + 2;
                continue;
            }

            var tag = ScanTag(open);
            if (tag is null)
                return tags;
            tags.Add(tag);
            from = tag.End;
        }

        return tags;
    }

    TemplateTag? ScanTag(int open)
    {
        if (Starts(open, "{{{{"))
        {
            _problem(ContentCodes.Template, open, @"Raw blocks {{{{…}}}} are not supported: write \{{…}} for braces that should stay.");
            return null;
        }

        if (Starts(open, "{{!") || Starts(open, "{{~!"))
            return ScanComment(open);

        var triple = Starts(open, "{{{");
        var closing = triple ? "}}}" : "}}";
        var end = EndOfTag(open + (triple ? 3 : 2), closing);
        if (end < 0)
        {
            _problem(ContentCodes.Template, open, $"This tag is never closed by {closing}.");
            return null;
        }

        _at = open + (triple ? 3 : 2);
        _end = end;
        var after = end + closing.Length;
        if (!triple && _at < _end && _source[_at] == '~')
            _at++;
        if (!triple && _end > _at && _source[_end - 1] == '~')
            _end--;
        return Read(open, after, triple);
    }

    TemplateTag? ScanComment(int open)
    {
        var start = Starts(open, "{{~") ? open + 3 : open + 2;
        var isLong = Starts(start, "!--");
        var close = _source.IndexOf(isLong ? "--" : "}}", start + (isLong ? 3 : 1), StringComparison.Ordinal);
        while (isLong && close >= 0 && !Starts(close, "--}}") && !Starts(close, "--~}}"))
            close = _source.IndexOf("--", close + 1, StringComparison.Ordinal);
        if (close < 0)
        {
            _problem(ContentCodes.Template, open, "This comment is never closed.");
            return null;
        }

        return new TemplateTag(open, _source.IndexOf("}}", close, StringComparison.Ordinal) + 2, TagKind.Comment, [], []);
    }

    /// <summary>The offset of the closing braces that are not within quotes, or −1.</summary>
    int EndOfTag(int from, string closing)
    {
        var quote = '\0';
        for (var i = from; i < _source.Length; i++)
        {
            var c = _source[i];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'')
                quote = c;
            else if (Starts(i, closing))
                return i;
            else if (Starts(i, "{{"))
                return -1;
        }

        return -1;
    }

    TemplateTag Read(int open, int after, bool triple)
    {
        var kind = triple ? TagKind.Unescaped : TagKind.Output;
        SkipSpace();
        switch (_at < _end ? _source[_at] : '\0')
        {
            case '#' when Next('*') || Next('>'):
            case '>' or '*':
                return new TemplateTag(open, after, TagKind.Foreign, [], []);
            case '#':
                kind = TagKind.Open;
                _at++;
                break;
            case '/':
                kind = TagKind.Close;
                _at++;
                break;
            case '^':
                _at++;
                SkipSpace();
                kind = _at == _end ? TagKind.Else : TagKind.OpenInverse;
                break;
            case '&':
                kind = TagKind.Unescaped;
                _at++;
                break;
        }

        var content = new List<TemplateExpression>();
        var names = new List<string>();
        if (kind == TagKind.Output && Word("else"))
            kind = TagKind.Else;
        while (true)
        {
            SkipSpace();
            if (_at >= _end)
                break;
            if (content.Count > 0 && Word("as") && ReadBlockNames(names))
                break;
            if (ReadExpression(depth: 0) is not { } expression)
                return new TemplateTag(open, after, kind, content, names, IsWhole: false);

            content.Add(expression);
        }

        var isEmpty = content.Count == 0 && kind != TagKind.Else;
        if (isEmpty)
            _problem(ContentCodes.Template, open, "This tag is empty.");
        return new TemplateTag(open, after, kind, content, names, !isEmpty);
    }

    bool ReadBlockNames(List<string> names)
    {
        SkipSpace();
        var close = _at < _end && _source[_at] == '|' ? _source.IndexOf('|', _at + 1) : -1;
        if (close < 0 || close >= _end)
            return false;
        names.AddRange(_source[(_at + 1)..close].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        _at = close + 1;
        return true;
    }

    TemplateExpression? ReadExpression(int depth)
    {
        var at = _at;
        switch (_source[_at])
        {
            case '"' or '\'':
                var close = _source.IndexOf(_source[_at], _at + 1);
                if (close < 0 || close >= _end)
                    return Unreadable(at, "This text is never closed by a quotation mark.");
                _at = close + 1;
                return new TemplateExpression.Literal(at, _source[(at + 1)..close]);
            case '(' when depth >= TemplateRules.CallDepthMax:
                return Unreadable(at, $"Brackets are nested more than {TemplateRules.CallDepthMax} deep.");
            case '(':
                return ReadCall(depth);
            default:
                return ReadFieldOrLiteral();
        }
    }

    TemplateExpression.Call? ReadCall(int depth)
    {
        var at = _at++;
        var parts = new List<TemplateExpression>();
        while (true)
        {
            SkipSpace();
            if (_at >= _end)
            {
                _problem(ContentCodes.Template, at, "This bracket is never closed.");
                return null;
            }

            if (_source[_at] == ')')
                break;
            if (ReadExpression(depth + 1) is not { } part)
                return null;
            parts.Add(part);
        }

        _at++;
        if (parts.Count > 0)
            return new TemplateExpression.Call(at, parts[0], parts.GetRange(1, parts.Count - 1));
        _problem(ContentCodes.Template, at, "These brackets are empty.");
        return null;
    }

    TemplateExpression? ReadFieldOrLiteral()
    {
        var at = _at;
        var data = _source[_at] == '@';
        if (data)
            _at++;
        var climbs = 0;
        var relative = false;
        var segments = new List<string>();
        while (_at < _end)
        {
            if (Starts(_at, "../") || Starts(_at, ".."))
            {
                climbs++;
                relative = true;
                _at += Starts(_at, "../") ? 3 : 2;
            }
            else if (_source[_at] == '[')
            {
                var close = _source.IndexOf(']', _at);
                if (close < 0 || close >= _end)
                    return Unreadable(_at, "This [ is never closed.");
                segments.Add(_source[(_at + 1)..close]);
                _at = close + 1;
            }
            else if (_source[_at] is '.' or '/')
            {
                relative |= segments.Count == 0;
                _at++;
            }
            else if (IsNameCharacter(_source[_at]))
            {
                var start = _at;
                while (_at < _end && IsNameCharacter(_source[_at]))
                    _at++;
                segments.Add(_source[start.._at]);
            }
            else
            {
                break;
            }
        }

        if (_at == at)
            return Unreadable(at, $"‘{_source[at]}’ cannot stand here.");
        if (_at < _end && _source[_at] == '=')
            return ReadNamed(at);
        if (_at < _end && !char.IsWhiteSpace(_source[_at]) && _source[_at] is not (')' or '(' or '"' or '\''))
            return Unreadable(_at, $"‘{_source[_at]}’ cannot stand in a name: put names with unusual characters in square brackets, contact.[like this].");
        if (!data && climbs == 0 && AsLiteral(_source[at.._at], at) is { } literal)
            return literal;
        if (segments.Count > 0 && segments[0] == "this" && !data)
        {
            relative = true;
            segments.RemoveAt(0);
        }

        return new TemplateExpression.Field(at, climbs, segments, data, relative || segments.Count == 0);
    }

    TemplateExpression.Named? ReadNamed(int at)
    {
        var name = _source[at.._at];
        _at++;
        return _at < _end && ReadExpression(depth: 1) is not null ? new TemplateExpression.Named(at, name) : null;
    }

    static TemplateExpression.Literal? AsLiteral(string word, int at) => word switch
    {
        "true" => new(at, true),
        "false" => new(at, false),
        "null" or "undefined" => new(at, null),
        _ when decimal.TryParse(word, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            => new(at, number),
        _ => null,
    };

    TemplateExpression? Unreadable(int at, string text)
    {
        _problem(ContentCodes.Template, at, text);
        return null;
    }

    /// <summary>Takes a whole word if it stands here.</summary>
    bool Word(string word)
    {
        SkipSpace();
        var after = _at + word.Length;
        if (!Starts(_at, word) || (after < _end && !char.IsWhiteSpace(_source[after]) && _source[after] != '|'))
            return false;
        _at = after;
        return true;
    }

    void SkipSpace()
    {
        while (_at < _end && char.IsWhiteSpace(_source[_at]))
            _at++;
    }

    bool Starts(int at, string text) => string.CompareOrdinal(_source, at, text, 0, text.Length) == 0;

    bool Next(char c) => _at + 1 < _end && _source[_at + 1] == c;

    static bool IsNameCharacter(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '$' or ':';
}
