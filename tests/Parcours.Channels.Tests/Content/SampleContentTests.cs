using Parcours.Channels.Content;

namespace Parcours.Channels.Tests.Content;

/// <summary>The e-mails that come with the sample journeys.</summary>
public sealed class SampleContentTests
{
    static string Folder { get; } = Path.Combine(Root(), "samples", "content");

    public static TheoryData<string> Contents => [.. Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Contents))]
    public void Every_sample_e_mail_passes_the_check(string name) =>
        Assert.Empty(new StoredContentCheck().Check(name, File.ReadAllBytes(Path.Combine(Folder, $"{name}.json"))));

    static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Parcours.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("Parcours.slnx is in no folder above the tests.");
    }
}
