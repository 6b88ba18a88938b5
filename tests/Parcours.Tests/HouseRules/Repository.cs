namespace Parcours.Tests.HouseRules;

/// <summary>The working copy that these tests were built from, read as text.</summary>
static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>Files under a folder, relative to the root and with forward slashes; what was built or installed is left out.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.Exists(PathOf(folder))
            ? Directory.EnumerateFiles(PathOf(folder), pattern, SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Root, file).Replace(Path.DirectorySeparatorChar, '/'))
                .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or ".git"))
                .Order(StringComparer.Ordinal)
            : [];

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Parcours.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("Parcours.slnx is in no folder above the tests.");
    }
}
