using System.Globalization;
using Parcours.Bench.Reference;

namespace Parcours.Bench;

/// <summary>Who enters.</summary>
enum LoadKind
{
    /// <summary>New contacts whose ids rise.</summary>
    Ordered = 0,
    /// <summary>New contacts with random ids of users and messages.</summary>
    Random = 1,
    /// <summary>Contacts that are known and have left the journey, in random order.</summary>
    Returning = 2,
}

static class LoadKinds
{
    public static string Said(this LoadKind kind) => kind switch
    {
        LoadKind.Ordered => "ids in order",
        LoadKind.Random => "random ids",
        _ => "returning",
    };
}

/// <summary>What the command line says.</summary>
sealed record Options
{
    public string Folder { get; init; } = Path.GetFullPath("artifacts/bench/work");
    public int N { get; init; } = 100_000;
    public int Passes { get; init; } = 2;
    public int Known { get; init; } = 1_000_000;
    public IReadOnlyList<LoadKind> Kinds { get; init; } = [LoadKind.Ordered, LoadKind.Random, LoadKind.Returning];
    /// <summary>How many nodes serve one PostgreSQL, by turns.</summary>
    public IReadOnlyList<int> Nodes { get; init; } = [1, 2, 4];
    /// <summary>How many contacts wait, one installation after the other.</summary>
    public IReadOnlyList<int> Growth { get; init; } = [10_000, 100_000, 1_000_000];
    public IReadOnlyList<string> Parts { get; init; } = [];

    public static IReadOnlyList<string> AllParts { get; } = ["limits", "reference", "peers", "intake", "paced", "million", "start", "contacts", "segment", "nodes", "growth"];

    /// <summary>The program that is measured: the file to execute, or a .dll for <c>dotnet exec</c>.</summary>
    public string Program { get; init; } = Path.GetFullPath("src/Parcours/bin/Release/net10.0/Parcours");
    public IReadOnlyList<string> Peers { get; init; } = Contenders.Peer.Names;
    /// <summary>A whole pass before those that count: the first of a process is compiled while it runs.</summary>
    public bool WarmPass { get; init; } = true;
    /// <summary>Says also what each statement took of the database.</summary>
    public bool Statements { get; init; }
    public int PeerN { get; init; } = 100_000;
    public int PacedN { get; init; } = 2_000;
    public string PeerSources { get; init; } = Path.GetFullPath("bench/peers");
    public string PeerCache { get; init; } = Path.GetFullPath("artifacts/bench/peers");
    public string Json { get; init; } = Path.GetFullPath("artifacts/bench/figures.json");

    public static Options Read(string[] arguments)
    {
        var options = new Options();
        var parts = new List<string>();
        var index = 0;
        for (; index < arguments.Length; index++)
            options = arguments[index] switch
            {
                "--folder" => options with { Folder = Path.GetFullPath(Value()) },
                "--n" => options with { N = Number() },
                "--passes" => options with { Passes = Number() },
                "--program" => options with { Program = Path.GetFullPath(Value()) },
                "--no-warm-pass" => options with { WarmPass = false },
                "--statements" => options with { Statements = true },
                "--peers" => options with { Peers = [.. Value().Split(',', StringSplitOptions.RemoveEmptyEntries)] },
                "--peer-n" => options with { PeerN = Number() },
                "--paced-n" => options with { PacedN = Number() },
                "--json" => options with { Json = Path.GetFullPath(Value()) },
                "--nodes" => options with { Nodes = Numbers() },
                "--growth" => options with { Growth = Numbers() },
                "--known" => options with { Known = Number() },
                "--ids" => options with { Kinds = [.. Value().Split(',').Select(kind => Enum.Parse<LoadKind>(kind, ignoreCase: true))] },
                var name when name.StartsWith('-') => throw new ArgumentException($"There is no option {name}; bench/README.md lists them."),
                var part => Add(part),
            };
        return options with { Parts = parts };

        string Value() => ++index < arguments.Length ? arguments[index] : throw new ArgumentException($"{arguments[^1]} needs a value.");
        int Number() => int.Parse(Value(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        int[] Numbers() => [.. Value().Split(',').Select(count => int.Parse(count, CultureInfo.InvariantCulture))];
        Options Add(string part)
        {
            if (part != "engine" && !AllParts.Contains(part))
                throw new ArgumentException($"There is no part '{part}': there are {string.Join(", ", AllParts)}, and engine alone.");
            parts.Add(part);
            return options;
        }
    }
}
