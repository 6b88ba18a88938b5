using System.Globalization;
using System.Text;

namespace Parcours.Bench.Reference;

/// <summary>How the ids of users and messages run: an index of a store takes the one kind far more easily than the other.</summary>
enum Ids
{
    Ordered = 0,
    Random = 1,
}

/// <summary>Who enters: everything about the contact with a number, without keeping anything.</summary>
/// <param name="Message">Names the messages of one pass: the same contact comes again under other message ids.</param>
sealed record People(Ids Ids, long Message)
{
    /// <summary>Starts the reference journey; nothing; the long wait; and what else contacts do.</summary>
    public const string SignedUp = "signed_up", Known = "known", Joined = "joined", Visited = "visited", Bought = "bought";

    /// <summary>Odd numbers wait, even ones get a mail.</summary>
    public static bool GetsMail(long number) => (number & 1) == 0;

    public string UserOf(long number) => Ids == Ids.Ordered ? string.Create(CultureInfo.InvariantCulture, $"user-{number}") : Hex(number, 0x5d1);

    public string MessageOf(long number) => Ids == Ids.Ordered ? string.Create(CultureInfo.InvariantCulture, $"m-{Message}-{number}") : Hex(number, 0x9a7 + Message);

    public static string AddressOf(long number) => string.Create(CultureInfo.InvariantCulture, $"u{number}@example.test");

    /// <summary>The number in an address that <see cref="AddressOf"/> made.</summary>
    public static int NumberIn(ReadOnlySpan<char> address) => int.Parse(address[1..address.IndexOf('@')], CultureInfo.InvariantCulture);

    public static string TraitsOf(long number) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"email":"u{{number}}@example.test","first_name":"First{{number}}","city":"City{{number % 100}}","plan":"{{(GetsMail(number) ? "pro" : "free")}}"}""");

    /// <summary>One item of a batch as a client would send it: who signs up says who it is, other events tell what was looked at.</summary>
    public void AppendItem(StringBuilder json, string @event, long number)
    {
        json.Append(CultureInfo.InvariantCulture, $$"""{"type":"track","messageId":"{{MessageOf(number)}}","userId":"{{UserOf(number)}}","event":"{{@event}}",""");
        if (@event is Visited or Bought)
            json.Append(CultureInfo.InvariantCulture, $$$"""
                "properties":{"page":"/shelves/{{{number % 100}}}","source":"newsletter","seconds":{{{number % 60}}}}}
                """);
        else
            json.Append(CultureInfo.InvariantCulture, $$$"""
                "context":{"traits":{{{TraitsOf(number)}}}}}
                """);
    }

    static string Hex(long number, long salt) => string.Create(CultureInfo.InvariantCulture, $"{Mixed((ulong)number * 2 + 1, (ulong)salt):x16}{Mixed((ulong)number * 2, (ulong)salt):x16}");

    /// <summary>A number that looks like any other and is the same each time (the finisher of SplitMix64).</summary>
    public static ulong Mixed(ulong number, ulong salt)
    {
        var mixed = number + (salt + 1) * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
