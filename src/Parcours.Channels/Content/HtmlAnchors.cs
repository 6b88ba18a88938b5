namespace Parcours.Channels.Content;

/// <summary>Finds the links of HTML that is a template still, with the places of their addresses. Tags of the template are passed over wherever they stand.</summary>
sealed class HtmlAnchors
{
    /// <param name="Start">Of the attribute's value, without quotation marks.</param>
    public readonly record struct Place(int Start, int End, bool IsQuoted);

    /// <param name="Name">The value of <c>data-link</c>, if it is a plain text.</param>
    /// <param name="Addresses">Usually one; more where the template chooses between them.</param>
    public sealed record Anchor(string? Name, IReadOnlyList<Place> Addresses);

    static readonly string[] RawElements = ["script", "style", "title", "textarea"];

    readonly string _source;
    readonly IReadOnlyList<TemplateTag> _tags;
    int _at;
    int _tag;

    HtmlAnchors(string source, IReadOnlyList<TemplateTag> tags) => (_source, _tags) = (source, tags);

    /// <summary>The links whose author did not say <c>data-track="no"</c>, in their order.</summary>
    public static List<Anchor> Read(string source, IReadOnlyList<TemplateTag> tags)
    {
        var reader = new HtmlAnchors(source, tags);
        var anchors = new List<Anchor>();
        while (reader._at < source.Length)
            if (reader.Next() is { } anchor)
                anchors.Add(anchor);
        return anchors;
    }

    Anchor? Next()
    {
        if (SkipTemplateTag())
            return null;
        if (_source[_at] != '<')
        {
            _at++;
            return null;
        }

        if (Starts("<!--"))
        {
            var end = _source.IndexOf("-->", _at, StringComparison.Ordinal);
            MoveTo(end < 0 ? _source.Length : end + 3);
            return null;
        }

        var from = ++_at;
        while (_at < _source.Length && char.IsAsciiLetterOrDigit(_source[_at]))
            _at++;
        // "a < b", "</a>" and "<!doctype" are no elements that begin.
        if (_at == from || !char.IsAsciiLetter(_source[from]))
            return null;
        var name = _source[from.._at];
        var anchor = ReadAttributes(isLink: name.Equals("a", StringComparison.OrdinalIgnoreCase) || name.Equals("area", StringComparison.OrdinalIgnoreCase));
        if (Array.Find(RawElements, element => name.Equals(element, StringComparison.OrdinalIgnoreCase)) is { } raw)
        {
            var close = _source.IndexOf("</" + raw, _at, StringComparison.OrdinalIgnoreCase);
            MoveTo(close < 0 ? _source.Length : close);
        }

        return anchor;
    }

    Anchor? ReadAttributes(bool isLink)
    {
        var places = new List<Place>();
        string? called = null;
        var tracked = true;
        while (_at < _source.Length && _source[_at] != '>')
        {
            if (SkipTemplateTag() || char.IsWhiteSpace(_source[_at]) || _source[_at] is '/' or '"' or '\'' or '=')
            {
                if (_at < _source.Length && (char.IsWhiteSpace(_source[_at]) || _source[_at] is '/' or '"' or '\'' or '='))
                    _at++;
                continue;
            }

            var from = _at;
            while (_at < _source.Length && !char.IsWhiteSpace(_source[_at]) && _source[_at] is not ('=' or '>' or '/') && !IsTemplateTag())
                _at++;
            var attribute = _source[from.._at];
            if (attribute.Length == 0)
                _at++;
            if (ReadValue() is not { } place)
                continue;
            var value = _source.AsSpan(place.Start, place.End - place.Start).Trim();
            if (attribute.Equals("href", StringComparison.OrdinalIgnoreCase))
                places.Add(place);
            else if (attribute.Equals("data-track", StringComparison.OrdinalIgnoreCase))
                tracked &= !value.Equals("no", StringComparison.OrdinalIgnoreCase);
            else if (attribute.Equals("data-link", StringComparison.OrdinalIgnoreCase) && value.Length > 0 && !value.Contains("{{", StringComparison.Ordinal))
                called = System.Net.WebUtility.HtmlDecode(value.ToString());
        }

        if (_at < _source.Length)
            _at++;
        return isLink && tracked && places.Count > 0 ? new Anchor(called, places) : null;
    }

    /// <summary>The value after <c>=</c>; null without one.</summary>
    Place? ReadValue()
    {
        var back = (_at, _tag);
        SkipSpace();
        if (_at >= _source.Length || _source[_at] != '=')
        {
            (_at, _tag) = back;
            return null;
        }

        _at++;
        SkipSpace();
        if (_at >= _source.Length)
            return null;
        var quote = _source[_at] is '"' or '\'' ? _source[_at++] : '\0';
        var start = _at;
        while (_at < _source.Length && (quote != '\0' ? _source[_at] != quote : !char.IsWhiteSpace(_source[_at]) && _source[_at] != '>'))
            if (!SkipTemplateTag())
                _at++;
        var place = new Place(start, Math.Min(_at, _source.Length), quote != '\0');
        if (quote != '\0' && _at < _source.Length)
            _at++;
        return place;
    }

    void SkipSpace()
    {
        while (_at < _source.Length && char.IsWhiteSpace(_source[_at]))
            _at++;
    }

    bool IsTemplateTag()
    {
        while (_tag < _tags.Count && _tags[_tag].Start < _at)
            _tag++;
        return _tag < _tags.Count && _tags[_tag].Start == _at;
    }

    bool SkipTemplateTag()
    {
        if (!IsTemplateTag())
            return false;
        _at = _tags[_tag].End;
        return true;
    }

    void MoveTo(int at) => _at = at;

    bool Starts(string text) => string.CompareOrdinal(_source, _at, text, 0, text.Length) == 0;
}
