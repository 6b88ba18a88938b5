using NodaTime;

namespace Parcours.Journeys.Conditions;

/// <summary>A node that looks at something itself.</summary>
abstract class LeafNode : ConditionNode
{
    /// <summary>The value that decided, for people and for the record; empty where the answer says all.</summary>
    private protected abstract string Found(in ConditionContext context);

    /// <summary>Whether the record keeps what was found: of a tag it need not, the bit says it.</summary>
    internal virtual bool IsKept => false;

    private protected abstract Explanation Told(bool holds, string found, Instant? flipsAt);

    internal override Explanation Explain(in ConditionContext context)
    {
        var truth = Evaluate(context);
        return Told(truth.Holds, Found(context), truth.FlipsAt);
    }

    internal override Explanation Recall(LeafRecord record)
    {
        var (holds, found) = record.Next(IsKept);
        return Told(holds, found ?? Otherwise(holds), null);
    }

    /// <summary>What was found, where the answer says it.</summary>
    private protected virtual string Otherwise(bool holds) => "";

    internal string Kept(in ConditionContext context) => Found(context);
}

/// <summary>What is on record of a decision.</summary>
public static class Decisions
{
    /// <summary>A record's detail where it is words, such as a reason; null where it is the values by which a condition was answered: whose they are only the condition says.</summary>
    public static string? Words(string? detail) => detail is [LeafRecord.Mark, ..] ? null : detail;
}

/// <summary>What was recorded of a condition's leaves, read one after the other.</summary>
sealed class LeafRecord(ulong bits, string? values)
{
    /// <summary>Begins each value: so no reason or name of a way is ever taken for values.</summary>
    public const char Mark = '\u001F';
    public const int LengthMax = 60;

    readonly string[] _values = values is null ? [] : values.Split(Mark)[1..];
    int _leaf, _value;

    public (bool Holds, string? Found) Next(bool isKept)
    {
        var holds = (bits >> _leaf++ & 1) != 0;
        return (holds, isKept && _value < _values.Length ? _values[_value++] : null);
    }
}
