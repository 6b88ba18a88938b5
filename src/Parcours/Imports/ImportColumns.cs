using Parcours.Engine.Intake;
using Parcours.Http;
using Parcours.Journeys.Contacts;

namespace Parcours.Imports;

/// <summary>The columns of a file and what they are.</summary>
static class ImportColumns
{
    /// <summary>Columns that rejected rows come with; not imported when the rows come again.</summary>
    public const string LineColumn = "import_line", ReasonColumn = "import_reason", CodeColumn = "import_code";

    public static bool IsOfRejects(string header) => header is LineColumn or ReasonColumn or CodeColumn;

    /// <param name="problems">Gets every reason for which the wishes and the file do not fit.</param>
    public static IReadOnlyList<ImportColumn> Resolve(IReadOnlyList<string> header, ImportKind kind, ImportWishes wishes, ImportCatalogue catalogue, List<ProblemReason> problems)
    {
        foreach (var name in wishes.Columns.Keys)
            if (!header.Contains(name))
                problems.Add(Wrong("import.column.missing", name, $"The mapping names a column '{name}', which the file does not have.{Nearest(name, header)}"));
        var targets = Said(header, kind, wishes, problems);
        var found = new ColumnFound[header.Count];
        Recognise(header, kind, catalogue, targets, found);
        var columns = new List<ImportColumn>();
        for (var index = 0; index < header.Count; index++)
            if (targets[index] is { } target and not ImportTarget.Ignored)
                columns.Add(Column(index, header[index], target, found[index], catalogue, problems));
        CheckWhole(columns, header, kind, wishes, catalogue, problems);
        return columns;
    }

    static ImportTarget?[] Said(IReadOnlyList<string> header, ImportKind kind, ImportWishes wishes, List<ProblemReason> problems)
    {
        var targets = new ImportTarget?[header.Count];
        for (var index = 0; index < header.Count; index++)
        {
            if (header[index].Length == 0)
                targets[index] = new ImportTarget.Ignored();
            else if (wishes.Columns.TryGetValue(header[index], out var said))
            {
                if (ImportTarget.Read(said, kind, out var target) is { } wrong)
                    problems.Add(Wrong("import.column.target", header[index], $"Column '{header[index]}': {wrong}", ("becomes", said ?? "")));
                targets[index] = target;
            }
        }

        return targets;
    }

    /// <summary>What nobody said: declared properties by their names, then the usual names; where two are the same, the second is a property of its own name.</summary>
    static void Recognise(IReadOnlyList<string> header, ImportKind kind, ImportCatalogue catalogue, ImportTarget?[] targets, ColumnFound[] found)
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
            if (IsOfRejects(name))
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
            var isSecond = known is not null && target.IsUnique && !taken.Add(target);
            found[index] = known is null ? ColumnFound.ByItself : isSecond ? ColumnFound.Second : ColumnFound.ByName;
            if (known is null || isSecond)
                target = new ImportTarget.Property(name, null, kind == ImportKind.Contacts);
            taken.Add(target);
            targets[index] = target;
        }

        // A bare "id" names the person where nothing else does.
        if (!targets.Any(target => target is ImportTarget.Named))
            for (var index = 0; index < header.Count; index++)
                if (HeaderNames.IsBareId(header[index]) && targets[index] is ImportTarget.Property)
                    (targets[index], found[index]) = (new ImportTarget.Named(IdentityKind.UserId), ColumnFound.BareId);
    }

    static ImportColumn Column(int index, string header, ImportTarget target, ColumnFound found, ImportCatalogue catalogue, List<ProblemReason> problems)
    {
        if (target is not ImportTarget.Property property)
            return new(index, header, target) { Found = found };
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
            problems.Add(Wrong("import.column.type", header, $"Column '{header}': property '{property.Name}' is declared as {type.ToString()!.ToLowerInvariant()}, not as {said.ToString().ToLowerInvariant()}.", ("property", property.Name)));
        return new(index, header, target) { Type = type, Declared = declared, Found = found };
    }

    static void CheckWhole(List<ImportColumn> columns, IReadOnlyList<string> header, ImportKind kind, ImportWishes wishes, ImportCatalogue catalogue, List<ProblemReason> problems)
    {
        foreach (var twice in columns.Where(column => column.Target.IsUnique).GroupBy(column => column.Target is ImportTarget.Property property ? property with { Type = null } : column.Target).Where(group => group.Count() > 1))
        {
            var names = twice.Select(column => $"'{column.Header}'");
            problems.Add(Wrong("import.column.twice", twice.Last().Header, $"The columns {string.Join(" and ", names)} would both be {Describe(twice.Key, kind)}. Leave one out with the target -, or give it another.", ("columns", string.Join(", ", twice.Select(column => column.Header)))));
        }

        if (!columns.Any(column => column.Target is ImportTarget.Named))
            problems.Add(Wrong("import.column.who", "", $"No column says who somebody is. One must be userId, email, phone or anonymousId; the file has {Names(header)}. Say which: --map \"COLUMN=email\"."));
        if (kind == ImportKind.Events && wishes.Event is null && !columns.Any(column => column.Target is ImportTarget.EventName))
            problems.Add(Wrong("import.column.event", "", $"No column has the events' name; the file has {Names(header)}. Say which: --map \"COLUMN=event\"; or name them all: --event \"Order Completed\"."));
        if (kind == ImportKind.Enrolments)
            CheckJourney(wishes, catalogue, problems);
        foreach (var column in columns)
            if (column.Target is ImportTarget.Consent { Topic: not "*" } consent && !catalogue.Topics.Contains(consent.Topic))
                problems.Add(Wrong("import.column.topic", column.Header, $"Column '{column.Header}': there is no topic '{consent.Topic}'. Make it with PUT /api/v1/topics/{consent.Topic}, or name * for all.", ("topic", consent.Topic)));
            else if (column.Target is ImportTarget.List list && !catalogue.Lists.Contains(list.Name))
                problems.Add(Wrong("import.column.list", column.Header, $"Column '{column.Header}': {UnknownList(list.Name)}", ("list", list.Name)));
        foreach (var list in wishes.Lists)
            if (!catalogue.Lists.Contains(list))
                problems.Add(Wrong("import.column.list", "", UnknownList(list), ("list", list)));
        var fresh = columns.Count(column => column.Target is ImportTarget.Property { OfContact: true } property && !catalogue.Properties.Definitions.ContainsKey(property.Name));
        if (catalogue.Properties.Definitions.Count + fresh > PropertyRegistry.NamesMax)
            problems.Add(Wrong("import.properties", "", $"The file brings {fresh} new property names; the installation has {catalogue.Properties.Definitions.Count} of the {PropertyRegistry.NamesMax} that it can have. Leave columns out with the target -.", ("most", PropertyRegistry.NamesMax.ToString(System.Globalization.CultureInfo.InvariantCulture))));
    }

    static void CheckJourney(ImportWishes wishes, ImportCatalogue catalogue, List<ProblemReason> problems)
    {
        if (wishes.Journey is not { Length: > 0 } journey)
            problems.Add(Wrong("import.journey.missing", "", "Say which journey they enter: --journey ID, or the option journey."));
        else if (catalogue.Journeys?.Contains(journey) != true)
            problems.Add(Wrong("import.journey.unknown", "", $"There is no live journey '{journey}': nobody can enter one that is a draft or has ended.", ("journey", journey)));
        if (wishes.Tags.Count > 0 || wishes.Lists.Count > 0)
            problems.Add(Wrong("import.journey.tags", "", "Tags and lists are of contacts: import contacts with them, or give them in the journey."));
    }

    static ProblemReason Wrong(string code, string column, string text, params ReadOnlySpan<(string, string)> values) =>
        column.Length > 0 ? ImportException.ReasonOf(code, column, text, [.. values, ("column", column)]) : ImportException.ReasonOf(code, column, text, values);

    public static string UnknownList(string name) => $"There is no list '{name}'. Make it with PUT /api/v1/lists/{Uri.EscapeDataString(name)}.";

    static string Names(IReadOnlyList<string> header)
    {
        var named = header.Where(name => name.Length > 0).ToList();
        return (named.Count == 1 ? "the column " : "the columns ") + string.Join(", ", named.Take(20).Select(name => $"'{(name.Length > 60 ? name[..60] + "…" : name)}'")) + (named.Count > 20 ? $" and {named.Count - 20} more" : "");
    }

    static string Nearest(string name, IReadOnlyList<string> header) =>
        header.FirstOrDefault(candidate => candidate.Length > 0 && HeaderNames.Loose(candidate) == HeaderNames.Loose(name)) is { } near ? $" It has '{near}'." : $" It has {Names(header)}.";

    /// <summary>As it is written in a mapping.</summary>
    public static string Describe(ImportTarget target, ImportKind kind) => target switch
    {
        ImportTarget.Named { Kind: IdentityKind.UserId } => "userId",
        ImportTarget.Named { Kind: IdentityKind.AnonymousId } => "anonymousId",
        ImportTarget.Named named => named.Kind.ToString().ToLowerInvariant(),
        ImportTarget.Property property => $"{(kind == ImportKind.Events && property.OfContact ? "contact" : "property")}:{property.Name}",
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
}
