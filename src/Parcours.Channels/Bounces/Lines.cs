namespace Parcours.Channels.Bounces;

/// <summary>Lines of any end: reports come over pipes and from files.</summary>
static class Lines
{
    /// <param name="next">Where the next line begins.</param>
    /// <returns>The line without its end.</returns>
    public static ReadOnlySpan<byte> Next(ReadOnlySpan<byte> bytes, int at, out int next)
    {
        var rest = bytes[at..];
        var end = rest.IndexOf((byte)'\n');
        next = end < 0 ? bytes.Length : at + end + 1;
        return (end < 0 ? rest : rest[..end]).TrimEnd((byte)'\r');
    }
}
