namespace Parcours.Demo;

/// <summary>The files of samples/, which the program carries within itself.</summary>
static class Samples
{
    const string Root = "samples/";

    /// <param name="path">Below samples/, with forward slashes.</param>
    public static Stream Open(string path) =>
        typeof(Samples).Assembly.GetManifestResourceStream(Root + path) ?? throw new FileNotFoundException($"The program was built without samples/{path}.");

    public static byte[] Read(string path)
    {
        using var stream = Open(path);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The files of a folder below samples/, by name.</summary>
    public static IReadOnlyList<string> In(string folder) =>
        [.. from name in typeof(Samples).Assembly.GetManifestResourceNames()
            let path = name.Replace('\\', '/')
            where path.StartsWith($"{Root}{folder}/", StringComparison.Ordinal)
            orderby path
            select path[Root.Length..]];
}
