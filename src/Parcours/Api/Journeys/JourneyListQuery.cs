using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Parcours.Engine.Catalogues;
using Parcours.Http;
using Parcours.Journeys.Plans;

namespace Parcours.Api;

/// <summary>Which journeys are wanted, and in which order.</summary>
sealed class JourneyListQuery
{
    [FromQuery(Name = "search"), Description("Words that name, description, id or labels contain, in any case.")]
    public string? Search { get; init; }

    [FromQuery(Name = "status"), Description("draft, filling, live, paused, ended, archived; several with commas.")]
    public string? Status { get; init; }

    [FromQuery(Name = "label"), Description("Only those that bear it.")]
    public string? Label { get; init; }

    [FromQuery(Name = "sort"), Description("id (default), name, updated, started, inProgress or completed; all but id and name begin with the highest.")]
    public string? Sort { get; init; }

    [FromQuery(Name = "definition"), Description("With the draft of each: for its map.")]
    public bool? Definition { get; init; }

    /// <summary>One line of the list, before it is cut to a page.</summary>
    public sealed record Line(JourneyDocument Journey, JourneyFigures Figures, JourneyMark Mark);

    /// <summary>Those that are wanted, in order, from behind the cursor.</summary>
    public IReadOnlyList<Line> Of(IEnumerable<Line> lines, PageQuery page)
    {
        var statuses = Statuses();
        var words = (Search ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var key = KeyOf();
        var ordered = lines
            .Where(line => statuses is null || statuses.Contains(line.Journey.Status))
            .Where(line => Label is null || line.Mark.Labels.Contains(Label, StringComparer.OrdinalIgnoreCase))
            .Where(line => words.All(word => Contains(line, word)))
            .Select(line => (Line: line, Key: key(line)))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal).ThenBy(pair => pair.Line.Journey.Id.Value, StringComparer.Ordinal);
        if (page.Key is not { } cursor)
            return [.. ordered.Select(pair => pair.Line)];
        var (afterKey, afterId) = cursor.LastIndexOf('\n') is >= 0 and var cut ? (cursor[..cut], cursor[(cut + 1)..]) : ("", cursor);
        return [.. ordered.Where(pair => string.CompareOrdinal(pair.Key, afterKey) is var order && order > 0 || order == 0 && string.CompareOrdinal(pair.Line.Journey.Id.Value, afterId) > 0).Select(pair => pair.Line)];
    }

    public string CursorOf(Line line) => KeyOf()(line) is { Length: > 0 } key ? key + "\n" + line.Journey.Id.Value : line.Journey.Id.Value;

    // As texts that sort: a page of numbers that move is still a page, since the cursor holds the number that it ended with.
    Func<Line, string> KeyOf() => Sort switch
    {
        null or "id" => _ => "",
        "name" => line => CultureInfo.InvariantCulture.TextInfo.ToUpper(line.Journey.Name),
        "updated" => line => Falling(line.Journey.UpdatedAt.ToUnixTimeTicks()),
        "started" => line => Falling(line.Figures.Started),
        "inProgress" => line => Falling(line.Figures.InProgress),
        "completed" => line => Falling(line.Figures.Completed),
        _ => throw new BadInputException(Problems.Invalid("journeys.sort", "sort", "Sort by id, name, updated, started, inProgress or completed.")),
    };

    static string Falling(long number) => (long.MaxValue - number).ToString("D19", CultureInfo.InvariantCulture);

    HashSet<JourneyStatus>? Statuses()
    {
        if (string.IsNullOrEmpty(Status))
            return null;
        var statuses = new HashSet<JourneyStatus>();
        foreach (var name in Status.Split(','))
            if (name.All(char.IsAsciiLetter) && Enum.TryParse<JourneyStatus>(name, ignoreCase: true, out var status))
                statuses.Add(status);
            else
                throw new BadInputException(Problems.Invalid("journeys.status", "status", $"There is no status '{name}': say draft, filling, live, paused, ended or archived."));
        return statuses;
    }

    static bool Contains(Line line, string word) =>
        line.Journey.Name.Contains(word, StringComparison.CurrentCultureIgnoreCase) || line.Journey.Id.Value.Contains(word, StringComparison.OrdinalIgnoreCase)
        || line.Journey.Description?.Contains(word, StringComparison.CurrentCultureIgnoreCase) == true
        || line.Mark.Labels.Any(label => label.Contains(word, StringComparison.CurrentCultureIgnoreCase));
}
