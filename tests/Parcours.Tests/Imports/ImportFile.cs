using System.Text;
using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Imports;

namespace Parcours.Tests.Imports;

/// <summary>Files for the tests, and reading them as an import does.</summary>
static class ImportFile
{
    public static string DataPath(string name) => HouseRules.Repository.PathOf($"tests/Parcours.Tests/Imports/Data/{name}");

    public static MemoryStream Of(string text, Encoding? encoding = null) => new((encoding ?? new UTF8Encoding(false)).GetBytes(text));

    public static CheckedFile Check(string text, ImportWishes? wishes = null, ImportKind kind = ImportKind.Contacts, ImportCatalogue? catalogue = null, Stream? rejects = null) =>
        ImportCheck.Check(Of(text), kind, wishes ?? new(), catalogue ?? ImportCatalogue.Empty, DateTimeZone.Utc, rejects, null, TestContext.Current.CancellationToken);

    /// <summary>What the good rows become, in order.</summary>
    public static List<Submission> Submissions(string text, ImportWishes? wishes = null, ImportKind kind = ImportKind.Contacts, ImportCatalogue? catalogue = null)
    {
        wishes ??= new();
        catalogue ??= ImportCatalogue.Empty;
        var file = Check(text, wishes, kind, catalogue);
        using var table = CsvTable.Open(Of(text), wishes);
        using var reader = ImportCheck.Reader(table, kind, wishes, file.Columns, catalogue, DateTimeZone.Utc, sees: false);
        var (made, reasons) = (new List<Submission>(), new List<RowReason>());
        while (table.Read())
            if (reader.Read(table, reasons) is { } submission)
                made.Add(submission);
        return made;
    }

    public static string Traits(Submission submission) => Encoding.UTF8.GetString(((SubmissionBody.Received)submission.Body).Traits.Span);

    public static string Properties(Submission submission) => Encoding.UTF8.GetString(((SubmissionBody.Received)submission.Body).Properties.Span);

    public static ImportException Refused(Func<object> act) => Assert.Throws<ImportException>(act);
}
