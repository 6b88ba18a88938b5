using System.Globalization;
using System.Text.Json;
using Parcours.Bench.Machine;

namespace Parcours.Bench.Figures;

/// <summary>All that one run measured: told as it comes, shown as a table at the end, kept as JSON.</summary>
sealed class Report
{
    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true, NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };
    readonly List<Figure> _figures = [];
    readonly List<string> _notes = [];
    readonly DateTimeOffset _began = DateTimeOffset.UtcNow;
    readonly string _loadBefore = Proc.LoadAverage();

    public IReadOnlyList<Figure> Figures => _figures;

    /// <summary>Nothing was lost, came twice or went astray: the bars of speed are judged by people, these by the exit code.</summary>
    public bool IsWhole => _figures.All(figure => figure.Bar is not { AtLeast: false, Value: 0 } || figure.Verdict == "met");

    public void Add(string part, string name, double value, string unit, Bar? bar = null, double? others = null, IReadOnlyList<double>? passes = null)
    {
        var figure = new Figure(part, name, value, unit, bar, others, Proc.LoadAverage(), passes ?? []);
        _figures.Add(figure);
        Console.WriteLine($"  {part,-10} {name,-58} {figure.Shown,20} {figure.Verdict}");
    }

    /// <summary>The median of several passes.</summary>
    public void Add(string part, string name, IEnumerable<double> passes, string unit, Bar? bar = null, double? others = null)
    {
        var all = passes.ToList();
        Add(part, name, Median(all), unit, bar, others, all);
    }

    /// <summary>What a reader must know: what was left out, and why.</summary>
    public void Note(string text)
    {
        _notes.Add(text);
        Console.WriteLine("  " + text);
    }

    public static double Median(IReadOnlyCollection<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2;
    }

    public void Print()
    {
        Console.WriteLine();
        Console.WriteLine($"{"part",-10} {"figure",-58} {"value",20} {"bar",12} {"aim",10} {"",-6} {"others",6}  load");
        foreach (var figure in _figures)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{figure.Part,-10} {figure.Name,-58} {figure.Shown,20} {(figure.Bar is { } bar ? (bar.AtLeast ? "≥ " : "≤ ") + Figure.Number(bar.Value) : ""),12} {(figure.Bar?.Aim is { } aim ? Figure.Number(aim) : ""),10} {figure.Verdict,-6} {(figure.OtherCores is { } others ? others.ToString("0.00", CultureInfo.InvariantCulture) : ""),6}  {figure.Load.Split(' ')[0]}"));
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores; load average {_loadBefore} before, {Proc.LoadAverage()} after; \"others\" is what neither contender, load nor sink used, in cores."));
        foreach (var note in _notes)
            Console.WriteLine(note);
    }

    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, JsonSerializer.Serialize(new
        {
            began = _began,
            ended = DateTimeOffset.UtcNow,
            machine = new { cores = Environment.ProcessorCount, memoryMiB = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20, system = Environment.OSVersion.VersionString, runtime = Environment.Version.ToString() },
            loadBefore = _loadBefore,
            loadAfter = Proc.LoadAverage(),
            notes = _notes,
            figures = _figures.Select(figure => new { figure.Part, figure.Name, figure.Value, figure.Unit, Bar = figure.Bar?.Value, AtLeast = figure.Bar?.AtLeast, Aim = figure.Bar?.Aim, Met = figure.Bar?.IsMetBy(figure.Value), figure.OtherCores, figure.Load, figure.Passes }),
        }, Json));
        Console.WriteLine($"All figures: {path}");
    }
}
