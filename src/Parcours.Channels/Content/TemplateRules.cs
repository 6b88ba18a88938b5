namespace Parcours.Channels.Content;

/// <summary>What a template may say: which fields, helpers and blocks there are, and how they nest. Pure; finds every problem at once.</summary>
sealed class TemplateRules
{
    /// <summary>How deep brackets may nest in one tag.</summary>
    public const int CallDepthMax = 8;

    /// <summary>How deep blocks may nest: the compiler recurses, and a mail that needs more has another problem.</summary>
    public const int BlockDepthMax = 32;

    /// <summary>How many tags a template may have: each costs the compiler time and memory.</summary>
    public const int TagsMax = 4_000;


    static readonly string[] Roots = ["contact", "event", "journey", "links"];
    static readonly string[] JourneyFields = ["name"];
    static readonly string[] LinkFields = ["unsubscribe", "view"];
    static readonly string[] Blocks = ["if", "unless", "each", "with"];
    static readonly string[] DataFields = ["index", "key", "first", "last", "root"];

    readonly Action<string, int, string> _problem;
    readonly Stack<OpenBlock> _open = new();

    TemplateRules(Action<string, int, string> problem) => _problem = problem;

    sealed record OpenBlock(string Name, int At, IReadOnlyList<string> Names, bool ElseSeen)
    {
        public bool ChangesScope => Name is "each" or "with";
    }

    /// <summary>Checks the tags of one template.</summary>
    /// <param name="tags">As <see cref="TemplateScanner"/> found them.</param>
    /// <param name="html">Whether what is written is HTML.</param>
    /// <param name="problem">Told of each problem: code, offset, text.</param>
    public static void Check(IReadOnlyList<TemplateTag> tags, bool html, Action<string, int, string> problem)
    {
        if (tags.Count > TagsMax)
        {
            problem(ContentCodes.Size, tags[TagsMax].Start, $"A template may have {TagsMax} tags at most; this one has {tags.Count}.");
            return;
        }

        var rules = new TemplateRules(problem);
        foreach (var tag in tags)
            rules.Check(tag, html);
        foreach (var block in rules._open.Reverse())
            rules.NeverClosed(block, "");
    }

    void NeverClosed(OpenBlock block, string where)
    {
        // A block whose name could not be read has had its message.
        if (block.Name.Length > 0)
            _problem(ContentCodes.Block, block.At, $"{{{{#{block.Name}}}}} is never closed: add {{{{/{block.Name}}}}}{where}.");
    }

    void Check(TemplateTag tag, bool html)
    {
        switch (tag.Kind)
        {
            case TagKind.Foreign:
                _problem(ContentCodes.Partial, tag.Start, "Partials and decorators are not supported: a template stands alone.");
                break;
            case TagKind.Unescaped when html:
                _problem(ContentCodes.Unescaped, tag.Start, "Fields are always escaped in HTML: write two braces, {{…}}.");
                break;
            case TagKind.Output or TagKind.Unescaped when tag.IsWhole:
                CheckCall(tag.Content[0], Rest(tag));
                break;
            case TagKind.Open or TagKind.OpenInverse:
                CheckOpen(tag);
                break;
            case TagKind.Else:
                CheckElse(tag);
                break;
            case TagKind.Close:
                CheckClose(tag);
                break;
        }
    }

    static TemplateExpression? First(TemplateTag tag) => tag.Content.Count > 0 ? tag.Content[0] : null;

    static IReadOnlyList<TemplateExpression> Rest(TemplateTag tag, int from = 1) => [.. tag.Content.Skip(from)];

    void CheckOpen(TemplateTag tag)
    {
        var name = NameOf(First(tag));
        if (tag.IsWhole)
        {
            if (tag.Kind == TagKind.OpenInverse)
                _problem(ContentCodes.Helper, tag.Start, "Blocks that begin with ^ are not supported: use {{#unless …}}.");
            else if (!Blocks.Contains(name))
                _problem(ContentCodes.Helper, tag.Start, $"There is no block ‘{tag.Content[0]}’: there are {string.Join(", ", Blocks)}.");
            else
                CheckBlockValue(name!, tag.Start, Rest(tag));
        }

        if (tag.BlockNames.Count > 0 && name is not ("each" or "with"))
            _problem(ContentCodes.Value, tag.Start, "Only each and with give names: as |name|.");
        if (_open.Count == BlockDepthMax)
            _problem(ContentCodes.Block, tag.Start, $"Blocks may nest {BlockDepthMax} deep.");
        _open.Push(new OpenBlock(name ?? "", tag.Start, tag.BlockNames, ElseSeen: false));
    }

    void CheckElse(TemplateTag tag)
    {
        if (!_open.TryPop(out var block))
        {
            _problem(ContentCodes.Block, tag.Start, "This else stands in no block.");
            return;
        }

        if (block.ElseSeen)
            _problem(ContentCodes.Block, tag.Start, $"Nothing can follow the last else of {{{{#{block.Name}}}}}.");
        var chained = tag.Content.Count > 0 || !tag.IsWhole;
        if (chained && tag.IsWhole)
        {
            // {{else if x}} goes on with the same block; each and with cannot be chained, their scope would be a riddle.
            if (NameOf(tag.Content[0]) is not ("if" or "unless") || block.ChangesScope)
                _problem(ContentCodes.Helper, tag.Start, "After else there is only if or unless, in a block that began with one of these.");
            else
                CheckBlockValue(NameOf(tag.Content[0])!, tag.Start, Rest(tag));
        }

        // In the else of each and with the scope is the outer one again.
        _open.Push(block with { ElseSeen = !chained, Names = [] });
    }

    void CheckClose(TemplateTag tag)
    {
        var name = NameOf(First(tag));
        if (!tag.IsWhole)
            return;
        if (_open.Count == 0)
        {
            _problem(ContentCodes.Block, tag.Start, $"{{{{/{name}}}}} closes a block that was never opened.");
            return;
        }

        var block = _open.Peek();
        if (block.Name == name || block.Name.Length == 0)
        {
            _open.Pop();
            return;
        }

        if (_open.All(outer => outer.Name != name))
        {
            _problem(ContentCodes.Block, tag.Start, $"{{{{/{name}}}}} closes a block that was never opened; the open one is {{{{#{block.Name}}}}}.");
            return;
        }

        while (_open.Pop() is { } left && left.Name != name)
            NeverClosed(left, $" before {{{{/{name}}}}}");
    }

    void CheckBlockValue(string block, int at, IReadOnlyList<TemplateExpression> values)
    {
        if (values.Count != 1)
            _problem(ContentCodes.Value, at, $"{block} takes one value; here are {values.Count}. To compare, use brackets: {{{{#if (eq a b)}}}}.");
        foreach (var value in values)
            CheckValue(value, wantsCollection: block is "each" or "with");
    }

    void CheckCall(TemplateExpression head, IReadOnlyList<TemplateExpression> values)
    {
        if (NameOf(head) is { } name && TemplateHelpers.Find(name) is { } helper)
        {
            CheckHelper(helper, head.At, values);
        }
        else if (values.Count > 0)
        {
            _problem(ContentCodes.Helper, head.At, $"There is no helper ‘{head}’: there are {TemplateHelpers.Names}.");
            foreach (var value in values)
                CheckValue(value);
        }
        else
        {
            CheckValue(head);
        }
    }

    void CheckHelper(TemplateHelper helper, int at, IReadOnlyList<TemplateExpression> values)
    {
        if (values.Count < helper.ValuesMin || values.Count > helper.ValuesMax)
            _problem(ContentCodes.Value, at, $"{helper.Name} takes {helper.Signature}; here are {values.Count} values.");
        else if (values.Count > 1 && values[^1] is TemplateExpression.Literal literal && helper.Format?.Invoke(literal.Value) is { } wrong)
            _problem(ContentCodes.Value, literal.At, wrong);
        foreach (var value in values)
            CheckValue(value);
    }

    void CheckValue(TemplateExpression value, bool wantsCollection = false)
    {
        switch (value)
        {
            case TemplateExpression.Call call when NameOf(call.Head) is not { } name || TemplateHelpers.Find(name) is null:
                _problem(ContentCodes.Helper, call.At, $"There is no helper ‘{call.Head}’: there are {TemplateHelpers.Names}.");
                break;
            case TemplateExpression.Call call:
                CheckHelper(TemplateHelpers.Find(NameOf(call.Head)!)!, call.At, call.Arguments);
                break;
            case TemplateExpression.Named named:
                _problem(ContentCodes.Value, named.At, $"No helper takes named values such as {named.Name}=…: write the value alone.");
                break;
            case TemplateExpression.Field field:
                CheckField(field, wantsCollection);
                break;
        }
    }

    void CheckField(TemplateExpression.Field field, bool wantsCollection)
    {
        if (field.Data)
        {
            if (field.Segments.Count == 0 || !DataFields.Contains(field.Segments[0]))
                _problem(ContentCodes.Field, field.At, $"There is no ‘{field}’: there are {string.Join(", ", DataFields.Select(name => "@" + name))}.");
            else if (field.Segments[0] == "root")
                CheckRooted(field, [.. field.Segments.Skip(1)], wantsCollection);
            else if (_open.All(block => block.Name != "each"))
                _problem(ContentCodes.Field, field.At, $"‘{field}’ means something within {{{{#each}}}} only.");
            return;
        }

        if (field.Segments.Count > 0 && _open.Any(block => block.Names.Contains(field.Segments[0])))
            return;
        var scopes = _open.Count(block => block.ChangesScope && !block.ElseSeen);
        if (field.Climbs > scopes)
            _problem(ContentCodes.Field, field.At, "There is nothing above: ../ leads out of each and with.");
        else if (field.Climbs == scopes)
            CheckRooted(field, field.Segments, wantsCollection);
        else if (!field.Relative && Roots.Contains(field.Segments[0]) && field.Segments.Count > 1)
            _problem(ContentCodes.Field, field.At, $"Within each and with, ‘{field}’ is looked for in the item: write @root.{field}, or this.{field} if the item has it.");
    }

    void CheckRooted(TemplateExpression.Field field, IReadOnlyList<string> segments, bool wantsCollection)
    {
        if (segments.Count == 0)
        {
            if (!wantsCollection)
                _problem(ContentCodes.Field, field.At, "Here is no single value to write.");
            return;
        }

        var known = segments[0] switch
        {
            "journey" => JourneyFields,
            "links" => LinkFields,
            "contact" or "event" => null,
            _ => [],
        };
        if (known is { Length: 0 })
            _problem(ContentCodes.Field, field.At, $"There is no ‘{segments[0]}’: fields begin with {string.Join(", ", Roots)}. Perhaps contact.{string.Join('.', segments)}?");
        else if (segments.Count == 1 && !wantsCollection)
            _problem(ContentCodes.Field, field.At, $"‘{segments[0]}’ is not a single value: name a field of it, {segments[0]}.{known?[0] ?? "name"}.");
        else if (segments.Count > 1 && known is not null && !known.Contains(segments[1]))
            _problem(ContentCodes.Field, field.At, $"There is no ‘{string.Join('.', segments)}’: there is {string.Join(", ", known.Select(name => $"{segments[0]}.{name}"))}.");
    }

    static string? NameOf(TemplateExpression? head) =>
        head is TemplateExpression.Field { Data: false, Climbs: 0, Relative: false, Segments: [var name] } ? name : null;
}
