using Parcours.Engine.Intake;

namespace Parcours.Imports;

/// <summary>How it was found out what a column is.</summary>
enum ColumnFound
{
    /// <summary>Somebody said it.</summary>
    Said = 0,
    /// <summary>By a name that is known.</summary>
    ByName = 1,
    /// <summary>Nobody knows the name: a property of that name.</summary>
    ByItself = 2,
    /// <summary>As the last, though its name says that it is what another column is already.</summary>
    Second = 3,
    /// <summary>A bare <c>id</c>, since nothing else says who somebody is.</summary>
    BareId = 4,
}

/// <summary>One column of a file: what it is, and what its cells were seen to be.</summary>
sealed class ImportColumn(int index, string header, ImportTarget target)
{
    public int Index { get; } = index;
    public string Header { get; } = header;
    public ImportTarget Target { get; } = target;
    public ColumnFound Found { get; init; }

    /// <summary>As said or declared; else, once the whole file was seen, as its cells look. Null until then.</summary>
    public CellType? Type { get; set; }
    public PropertyDefinition? Declared { get; init; }

    /// <summary>The decimal mark that is tried first.</summary>
    public char Mark { get; set; } = '.';

    // What the first pass has seen.
    int _plain, _booleans, _byPoint, _byComma, _byBoth, _dates, _several;

    /// <summary>Cells that are not empty, as far as they were counted.</summary>
    public int Seen { get; private set; }

    public void Count() => Seen++;

    /// <summary>The first cell that may be a number by either decimal mark, another one by each; null: there is none, or others decide.</summary>
    public string? Ambiguous => _byPoint + _byComma == 0 ? _ambiguous : null;

    string? _ambiguous;

    /// <summary>Texts that all look like dates with the day or the month first.</summary>
    public bool LooksLikeDates => Type == CellType.Text && Declared is null && Seen > 0 && _dates == Seen;

    /// <summary>Texts of which a good part has several values with the same mark between them.</summary>
    public bool LooksLikeSeveral => Type == CellType.Text && Declared is null && _several > 0 && _several * 5 >= Seen;

    public void See(string cell)
    {
        if (Type is null && bool.TryParse(cell, out _))
            _booleans++;
        if (Type is null && char.IsAsciiDigit(cell[0]) && IsLikeDate(cell))
            _dates++;
        if (Type is null && cell.AsSpan().ContainsAny(';', '|'))
            _several++;
        if (Type is not (null or CellType.Number))
            return;
        if (Type is null && CellNumbers.IsPlain(cell))
            _plain++;
        if (cell.AsSpan().ContainsAny('.', ','))
        {
            var (point, comma) = (CellNumbers.TryReadBy(cell, '.', out var byPoint), CellNumbers.TryReadBy(cell, ',', out var byComma));
            if (point && !comma)
                _byPoint++;
            else if (comma && !point)
                _byComma++;
            else if (comma && byPoint != byComma && _byBoth++ == 0)
                _ambiguous = cell;
        }
    }

    /// <summary>After the first pass: what is undeclared and looks like numbers throughout is numbers, unless its name says that it is codes.</summary>
    public void Decide(char? said, char usual)
    {
        Type ??= Seen > 0 && _booleans == Seen ? CellType.Boolean : Seen > 0 && _plain == Seen && !HeaderNames.IsCode(Header) ? CellType.Number : CellType.Text;
        Mark = said ?? (_byPoint > 0 && _byComma == 0 ? '.' : _byComma > 0 && _byPoint == 0 ? ',' : usual);
        if (said is not null || Type != CellType.Number)
            _ambiguous = null;
    }

    /// <summary>Two numbers of one or two digits and a year of two or four, with the same mark between them; a time may follow.</summary>
    static bool IsLikeDate(ReadOnlySpan<char> cell)
    {
        var first = cell.IndexOfAnyExceptInRange('0', '9');
        if (first is not (1 or 2) || cell[first] is not ('/' or '.' or '-'))
            return false;
        var rest = cell[(first + 1)..];
        var second = rest.IndexOf(cell[first]);
        if (second is not (1 or 2) || rest[..second].ContainsAnyExceptInRange('0', '9'))
            return false;
        var year = rest[(second + 1)..];
        var end = year.IndexOfAnyExceptInRange('0', '9');
        return (end < 0 ? year.Length : end) is 2 or 4 && (end < 0 || year[end] is ' ' or 'T' or ',');
    }
}
