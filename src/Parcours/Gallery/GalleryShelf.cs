using Parcours.Demo;
using Parcours.Engine.Catalogues;
using Parcours.Http;

namespace Parcours.Gallery;

/// <summary>The ready-made journeys: those that came with the program, and whatever lies in the folder <c>gallery</c> of the data.</summary>
sealed class GalleryShelf(HttpSettings settings, IContentCheck content)
{
    const int FilesMax = 200, FileBytesMax = 2 * 1024 * 1024;

    readonly Lazy<IReadOnlyList<GalleryFile>> _brought = new(() => [.. Samples.In("gallery").Select(path => GalleryFile.Read(path, false, Samples.Read(path), content))]);

    /// <summary>By id; a file of one's own takes the place of one with its id.</summary>
    public IReadOnlyList<GalleryFile> All()
    {
        var files = _brought.Value.ToDictionary(file => file.Id, StringComparer.Ordinal);
        foreach (var own in Own())
            files[own.Id] = own;
        return [.. files.Values.OrderBy(file => file.Id, StringComparer.Ordinal)];
    }

    public GalleryFile? Find(string id) => All().FirstOrDefault(file => file.Id == id);

    // Read each time: they are few and small, and who has just put one there wants to see it.
    IEnumerable<GalleryFile> Own()
    {
        if (settings.GalleryFolder is not { } folder || !Directory.Exists(folder))
            yield break;
        foreach (var path in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Take(FilesMax))
            yield return ReadOwn(path);
    }

    GalleryFile ReadOwn(string path)
    {
        try
        {
            return new FileInfo(path).Length > FileBytesMax
                ? Unread(path, new("gallery.large", "", $"The file is over {FileBytesMax / 1024 / 1024} MB."))
                : GalleryFile.Read(path, true, File.ReadAllBytes(path), content);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Unread(path, new("gallery.unreadable", "", $"The file cannot be read: {unreadable.Message}"));
        }
    }

    static GalleryFile Unread(string path, ProblemReason why) => new(Path.GetFileNameWithoutExtension(path), true, null, [why]);
}
