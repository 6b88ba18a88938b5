using Parcours.Engine.Intake;
using Parcours.Journeys.Contacts;

namespace Parcours.Imports;

/// <summary>One column of a file: what it is, and what its cells were seen to be.</summary>
sealed class ImportColumn(int index, string header, ImportTarget target)
{
    public int Index { get; } = index;
    public string Header { get; } = header;
    public ImportTarget Target { get; } = target;

    /// <summary>As said or declared; else, once the whole file was seen, as its cells look. Null until then.</summary>
    public CellType? Type { get; set; }
    public PropertyDefinition? Declared { get; init; }

    /// <summary>The decimal mark that is tried first.</summary>
    public char Mark { get; set; } = '.';

    // What the first pass has seen.
    int _seen, _plain, _booleans, _byPoint, _byComma;

    public void See(string cell)
    {
        _seen++;
        if (Type is null && bool.TryParse(cell, out _))
            _booleans++;
        if (Type is not (null or CellType.Number))
            return;
        if (Type is null && CellNumbers.IsPlain(cell))
            _plain++;
        if (cell.AsSpan().ContainsAny('.', ','))
        {
            var (point, comma) = (CellNumbers.TryReadBy(cell, '.', out _), CellNumbers.TryReadBy(cell, ',', out _));
            if (point && !comma)
                _byPoint++;
            else if (comma && !point)
                _byComma++;
        }
    }

    /// <summary>After the first pass: what is undeclared and looks like numbers throughout is numbers, unless its name says that it is codes.</summary>
    public void Decide(char? said, char usual)
    {
        Type ??= _seen > 0 && _booleans == _seen ? CellType.Boolean : _seen > 0 && _plain == _seen && !HeaderNames.IsCode(Header) ? CellType.Number : CellType.Text;
        Mark = said ?? (_byPoint > 0 && _byComma == 0 ? '.' : _byComma > 0 && _byPoint == 0 ? ',' : usual);
    }
}

/// <summary>The columns of a file and what they are.</summary>
static class ImportColumns
{
    /// <summary>Columns that rejected rows come with; not imported when the rows come again.</summary>
    public const string LineColumn = "import_line", ReasonColumn = "import_reason";

    /// <exception cref="ImportException">The wishes and the file do not fit: every reason at once.</exception>
    public static IReadOnlyList<ImportColumn> Resolve(IReadOnlyList<string> header, ImportKind kind, ImportWishes wishes, ImportCatalogue catalogue)
    {
        var problems = new List<string>();
        foreach (var name in wishes.Columns.Keys)
            if (!header.Contains(name))
                problems.Add($"The mapping names a column '{name}', which the file does not have.{Nearest(name, header)}");
        var targets = Said(header, kind, wishes, problems);
        Recognise(header, kind, catalogue, targets);
        var columns = new List<ImportColumn>();
        for (var index = 0; index < header.Count; index++)
            if (targets[index] is { } target and not ImportTarget.Ignored)
                columns.Add(Column(index, header[index], target, catalogue, problems));
        CheckWhole(columns, header, kind, wishes, catalogue, problems);
        return problems.Count == 0 ? columns : throw new ImportException("import.columns", string.Join(" ", problems));
    }

    static ImportTarget?[] Said(IReadOnlyList<string> header, ImportKind kind, ImportWishes wishes, List<string> problems)
    {
        var targets = new ImportTarget?[header.Count];
        for (var index = 0; index < header.Count; index++)
        {
            if (header[index].Length == 0)
                targets[index] = new ImportTarget.Ignored();
            else if (wishes.Columns.TryGetValue(header[index], out var said))
            {
                if (ImportTarget.Read(said, kind, out var target) is { } wrong)
                    problems.Add($"Column '{header[index]}': {wrong}");
                targets[index] = target;
            }
        }

        return targets;
    }

    /// <summary>What nobody said: declared properties by their names, then the usual names; where two are the same, the second is a property of its own name.</summary>
    static void Recognise(IReadOnlyList<string> header, ImportKind kind, ImportCatalogue catalogue, ImportTarget?[] targets)
    {
        var declared = kind == ImportKind.Contacts
            ? catalogue.Properties.Definitions.Values.Where(property => property.Name is not ("email" or "phone")).GroupBy(property => HeaderNames.Loose(property.Name)).ToDictionary(group => group.Key, group => group.First().Name, StringComparer.Ordinal)
            : [];
        var taken = targets.Where(target => target?.IsUnique == true).ToHashSet();
        for (var index = 0; index < header.Count; index++)
        {
            if (targets[index] is not null)
                continue;
            var name = header[index];
            if (name is LineColumn or ReasonColumn)
            {
                targets[index] = new ImportTarget.Ignored();
                continue;
            }

            var known = HeaderNames.Find(name, kind);
            if (catalogue.Properties.Definitions.ContainsKey(name) && kind == ImportKind.Contacts && name is not ("email" or "phone"))
                known = "property:" + name;
            else if (declared.TryGetValue(HeaderNames.Loose(name), out var property) && known is null)
                known = "property:" + property;
            ImportTarget.Read(known, kind, out var target);
            if (known is null || target.IsUnique && !taken.Add(target))
                target = new ImportTarget.Property(name, null, kind == ImportKind.Contacts);
            taken.Add(target);
            targets[index] = target;
        }

        // A bare "id" names the person where nothing else does.
        if (!targets.Any(target => target is ImportTarget.Named))
            for (var index = 0; index < header.Count; index++)
                if (HeaderNames.IsBareId(header[index]) && targets[index] is ImportTarget.Property)
                    targets[index] = new ImportTarget.Named(IdentityKind.UserId);
    }

    static ImportColumn Column(int index, string header, ImportTarget target, ImportCatalogue catalogue, List<string> problems)
    {
        if (target is not ImportTarget.Property property)
            return new(index, header, target);
        var declared = property.OfContact && catalogue.Properties.Definitions.TryGetValue(property.Name, out var definition) && definition.Type != PropertyType.Any ? definition : null;
        var type = declared?.Type switch
        {
            PropertyType.Text => CellType.Text,
            PropertyType.Number => CellType.Number,
            PropertyType.Boolean => CellType.Boolean,
            PropertyType.Date => CellType.Date,
            PropertyType.DateTime => CellType.DateTime,
            PropertyType.Choice => CellType.Choice,
            PropertyType.Choices => CellType.Choices,
            _ => property.Type,
        };
        // The well-known names say a type only for what nobody declared.
        if (declared is not null && property.Type is { } said && said != type && HeaderNames.Find(header, ImportKind.Contacts) != $"{property.Name}:{said.ToString().ToLowerInvariant()}")
            problems.Add($"Column '{header}': property '{property.Name}' is declared as {type.ToString()!.ToLowerInvariant()}, not as {said.ToString().ToLowerInvariant()}.");
        return new(index, header, target) { Type = type, Declared = declared };
    }

    static void CheckWhole(List<ImportColumn> columns, IReadOnlyList<string> header, ImportKind kind, ImportWishes wishes, ImportCatalogue catalogue, List<string> problems)
    {
        foreach (var twice in columns.Where(column => column.Target.IsUnique).GroupBy(column => column.Target is ImportTarget.Property property ? property with { Type = null } : column.Target).Where(group => group.Count() > 1))
            problems.Add($"The columns {string.Join(" and ", twice.Select(column => $"'{column.Header}'"))} would both be {Describe(twice.Key)}. Leave one out with the target -, or give it another.");
        if (!columns.Any(column => column.Target is ImportTarget.Named))
            problems.Add($"No column says who somebody is. One must be userId, email, phone or anonymousId; the file has {Names(header)}. Say which: --map \"COLUMN=email\".");
        if (kind == ImportKind.Events && wishes.Event is null && !columns.Any(column => column.Target is ImportTarget.EventName))
            problems.Add($"No column has the events' name; the file has {Names(header)}. Say which: --map \"COLUMN=event\"; or name them all: --event \"Order Completed\".");
        if (kind == ImportKind.Enrolments)
            CheckJourney(wishes, catalogue, problems);
        foreach (var column in columns)
            if (column.Target is ImportTarget.Consent { Topic: not "*" } consent && !catalogue.Topics.Contains(consent.Topic))
                problems.Add($"Column '{column.Header}': there is no topic '{consent.Topic}'. Make it with PUT /api/v1/topics/{consent.Topic}, or name * for all.");
            else if (column.Target is ImportTarget.List list && !catalogue.Lists.Contains(list.Name))
                problems.Add($"Column '{column.Header}': {UnknownList(list.Name)}");
        foreach (var list in wishes.Lists)
            if (!catalogue.Lists.Contains(list))
                problems.Add(UnknownList(list));
        var fresh = columns.Count(column => column.Target is ImportTarget.Property { OfContact: true } property && !catalogue.Properties.Definitions.ContainsKey(property.Name));
        if (catalogue.Properties.Definitions.Count + fresh > PropertyRegistry.NamesMax)
            problems.Add($"The file brings {fresh} new property names; the installation has {catalogue.Properties.Definitions.Count} of the {PropertyRegistry.NamesMax} that it can have. Leave columns out with the target -.");
    }

    static void CheckJourney(ImportWishes wishes, ImportCatalogue catalogue, List<string> problems)
    {
        if (wishes.Journey is not { Length: > 0 } journey)
            problems.Add("Say which journey they enter: --journey ID, or the option journey.");
        else if (catalogue.Journeys?.Contains(journey) != true)
            problems.Add($"There is no live journey '{journey}': nobody can enter one that is a draft or has ended.");
        if (wishes.Tags.Count > 0 || wishes.Lists.Count > 0)
            problems.Add("Tags and lists are of contacts: import contacts with them, or give them in the journey.");
    }

    public static string UnknownList(string name) => $"There is no list '{name}'. Make it with PUT /api/v1/lists/{Uri.EscapeDataString(name)}.";

    static string Names(IReadOnlyList<string> header)
    {
        var named = header.Where(name => name.Length > 0).ToList();
        return (named.Count == 1 ? "the column " : "the columns ") + string.Join(", ", named.Take(20).Select(name => $"'{(name.Length > 60 ? name[..60] + "…" : name)}'")) + (named.Count > 20 ? $" and {named.Count - 20} more" : "");
    }

    static string Nearest(string name, IReadOnlyList<string> header) =>
        header.FirstOrDefault(candidate => candidate.Length > 0 && HeaderNames.Loose(candidate) == HeaderNames.Loose(name)) is { } near ? $" It has '{near}'." : $" It has {Names(header)}.";

    /// <summary>As it is written in a mapping.</summary>
    public static string Describe(ImportTarget target) => target switch
    {
        ImportTarget.Named { Kind: IdentityKind.UserId } => "userId",
        ImportTarget.Named { Kind: IdentityKind.AnonymousId } => "anonymousId",
        ImportTarget.Named named => named.Kind.ToString().ToLowerInvariant(),
        ImportTarget.Property property => $"property:{property.Name}",
        ImportTarget.Tags => "tags",
        ImportTarget.Tag tag => $"tag:{tag.Name}",
        ImportTarget.Lists => "lists",
        ImportTarget.List list => $"list:{list.Name}",
        ImportTarget.Consent consent => $"consent:{consent.Channel}/{consent.Topic}",
        ImportTarget.Time => "timestamp",
        ImportTarget.EventName => "event",
        ImportTarget.MessageId => "messageId",
        _ => "-",
    };

    /// <summary>As <see cref="Describe(ImportTarget)"/>, with the type that its cells have.</summary>
    public static string Describe(ImportColumn column) => column.Target is ImportTarget.Property { OfContact: var ofContact } property
        ? $"{(ofContact ? "property" : "event property")} {property.Name} ({column.Type?.ToString().ToLowerInvariant() ?? "text"})"
        : Describe(column.Target);
}
