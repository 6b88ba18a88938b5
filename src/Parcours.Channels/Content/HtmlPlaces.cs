namespace Parcours.Channels.Content;

/// <summary>
/// Finds fields written where escaping does not protect: in a tag but outside quotes (a space in the value would begin a new attribute),
/// and in scripts and styles (which are not read as text).
/// </summary>
static class HtmlPlaces
{
    public static void Check(string source, IReadOnlyList<TemplateTag> tags, Action<string, int, string> problem)
    {
        var place = new Reader(source);
        var from = 0;
        foreach (var tag in tags)
        {
            place.Read(from, tag.Start);
            from = tag.End;
            if (tag.Kind != TagKind.Output || tag.Content.Count == 0)
                continue;
            if (place.InTag && place.Quote == '\0')
                problem(ContentCodes.Unescaped, tag.Start, "Put quotation marks around the attribute's value: <a href=\"{{…}}\">.");
            else if (place.RawElement is { } element)
                problem(ContentCodes.Unescaped, tag.Start, $"Fields cannot stand in <{element}>: escaping does not protect there.");
        }
    }

    /// <summary>As much of an HTML reader as tells where one is: in text, in a tag, in a quoted value, in a script.</summary>
    sealed class Reader(string source)
    {
        static readonly string[] RawElements = ["script", "style"];

        int _tagFrom;

        public bool InTag { get; private set; }

        public char Quote { get; private set; }

        public string? RawElement { get; private set; }

        bool InComment { get; set; }

        public void Read(int from, int to)
        {
            for (var i = from; i < to; i++)
                Step(i);
        }

        void Step(int i)
        {
            var c = source[i];
            if (InComment)
                InComment = !(c == '>' && i >= 2 && source[i - 1] == '-' && source[i - 2] == '-');
            else if (Quote != '\0')
                Quote = c == Quote ? '\0' : Quote;
            else if (InTag && c is '"' or '\'' && InTag)
                Quote = c;
            else if (InTag && c == '>')
                LeaveTag(i);
            else if (!InTag && c == '<')
                EnterTag(i);
        }

        void EnterTag(int i)
        {
            if (RawElement is not null && !Starts(i + 1, "/" + RawElement))
                return;
            InComment = RawElement is null && Starts(i + 1, "!--");
            InTag = !InComment && i + 1 < source.Length && (char.IsAsciiLetter(source[i + 1]) || source[i + 1] is '/' or '!');
            _tagFrom = i + 1;
        }

        void LeaveTag(int i)
        {
            InTag = false;
            RawElement = source[i - 1] == '/' || source[_tagFrom] == '/' ? null : Array.Find(RawElements, element => Starts(_tagFrom, element));
        }

        bool Starts(int at, string text) => string.Compare(source, at, text, 0, text.Length, StringComparison.OrdinalIgnoreCase) == 0;
    }
}
