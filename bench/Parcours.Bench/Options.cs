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

/// <summary>What the command line says.</summary>
sealed record Options
{
    public string Folder { get; init; } = Path.GetFullPath("artifacts/bench/work");
    public int N { get; init; } = 100_000;
    public int Passes { get; init; } = 2;
    public int Known { get; init; } = 1_000_000;
    public IReadOnlyList<LoadKind> Kinds { get; init; } = [LoadKind.Ordered, LoadKind.Random];
    public IReadOnlyList<string> Parts { get; init; } = [];

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
                "--known" => options with { Known = Number() },
                "--ids" => options with { Kinds = [.. Value().Split(',').Select(kind => Enum.Parse<LoadKind>(kind, ignoreCase: true))] },
                var name when name.StartsWith('-') => throw new ArgumentException($"There is no option {name}; bench/README.md lists them."),
                var part => Add(part),
            };
        return options with { Parts = parts };

        string Value() => ++index < arguments.Length ? arguments[index] : throw new ArgumentException($"{arguments[^1]} needs a value.");
        int Number() => int.Parse(Value(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        Options Add(string part)
        {
            parts.Add(part);
            return options;
        }
    }
}
