using System.Text;

namespace Parcours.Bench.Reference;

/// <summary>What the installation under test is given before anybody enters.</summary>
static class Documents
{
    public static byte[] Topic { get; } = Read("topic");
    public static byte[] Content { get; } = Read("content");

    /// <summary>The reference journey.</summary>
    /// <param name="returning">Whether who left may enter again.</param>
    public static byte[] Journey(bool returning)
    {
        var journey = Read("reference");
        return returning ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(journey).Replace("\"kind\": \"never\"", "\"kind\": \"afterLeaving\"", StringComparison.Ordinal)) : journey;
    }

    public static byte[] Read(string name)
    {
        using var stream = typeof(Documents).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException($"The program has no {name}.json in it.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
