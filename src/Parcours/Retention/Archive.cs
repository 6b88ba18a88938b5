using System.Globalization;
using System.IO.Compression;
using System.Text;
using NodaTime;
using NodaTime.Text;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Imports;

namespace Parcours.Retention;

/// <summary>History as CSV files, one a month and kind: <c>events-2026-01.csv.gz</c>. They are only ever added to; after a crash the last rows may stand there twice, which their sequence or key shows.</summary>
/// <remarks>Each page is a member of its own of the gzip file: whole, or cut off where the machine stopped.</remarks>
sealed class Archive(string folder)
{
    static readonly string[]
        EventColumns = ["received", "occurred", "contact", "event", "properties", "origin", "partition", "sequence"],
        MessageColumns = ["decided", "settled", "contact", "address", "channel", "journey", "version", "point", "content", "topic", "purpose", "status", "why", "attempts", "opens", "clicks", "key"];

    public void Add(IReadOnlyList<StoredEvent> events) => Add("events", EventColumns, events, stored => stored.ReceivedAt, stored =>
    [
        At(stored.ReceivedAt), At(stored.OccurredAt), stored.Contact.ToString(), stored.Name, Properties(stored), stored.Origin.ToString().ToLowerInvariant(),
        stored.Partition.Index.ToString(CultureInfo.InvariantCulture), stored.Sequence.ToString(CultureInfo.InvariantCulture),
    ]);

    public void Add(IReadOnlyList<MessageRow> messages) => Add("messages", MessageColumns, messages, message => message.DecidedAt, message =>
    [
        At(message.DecidedAt), message.SettledAt is { } settled ? At(settled) : "", message.Contact.ToString(), message.Address ?? "", message.Channel, message.Journey.Value, message.Version.ToString(CultureInfo.InvariantCulture),
        message.Point, message.Content, message.Topic, message.Purpose.ToString().ToLowerInvariant(), message.Status.ToString().ToLowerInvariant(), message.Why ?? "", message.Attempts.ToString(CultureInfo.InvariantCulture),
        message.Opens.ToString(CultureInfo.InvariantCulture), message.Clicks.ToString(CultureInfo.InvariantCulture), message.Key.ToString(),
    ]);

    void Add<T>(string kind, string[] columns, IReadOnlyList<T> rows, Func<T, Instant> at, Func<T, string[]> cells)
    {
        foreach (var month in rows.GroupBy(row => at(row).InUtc().Date.ToYearMonth()))
        {
            Directory.CreateDirectory(folder);
            var file = Path.Combine(folder, $"{kind}-{YearMonthPattern.Iso.Format(month.Key)}.csv.gz");
            var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write };
            // Addresses of people stand in it.
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var stream = new FileStream(file, options);
            var lines = new StringWriter();
            if (stream.Length == 0)
                CsvLine.Write(lines, ',', columns);
            foreach (var row in month)
                CsvLine.Write(lines, ',', cells(row));
            using (var zip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
                zip.Write(Encoding.UTF8.GetBytes(lines.ToString()));
            stream.Flush(flushToDisk: true);
        }
    }

    static string At(Instant instant) => InstantPattern.ExtendedIso.Format(instant);

    static string Properties(StoredEvent stored)
    {
        try
        {
            return EntryCodec.Decode(stored.Body.Span) is EntryBody.Received { Properties: { IsEmpty: false } json } ? Encoding.UTF8.GetString(json.Span) : "{}";
        }
        catch (FormatException)
        {
            // Nobody could read it before, either.
            return "";
        }
    }
}
