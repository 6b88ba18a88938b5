using Parcours.Bench.Figures;
using Parcours.Bench.Mail;

namespace Parcours.Bench.Parts;

/// <summary>What the parts of one run share.</summary>
sealed record Bench(Options Options, Report Report, MailSink Sink)
{
    public string FolderOf(string name) => Path.Combine(Options.Folder, name);

    /// <summary>Nothing of a part's data stays.</summary>
    public void Clear(string name)
    {
        if (Directory.Exists(FolderOf(name)))
            Directory.Delete(FolderOf(name), recursive: true);
    }
}
