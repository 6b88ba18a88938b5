using Parcours.Bench;
using Parcours.Bench.Engine;
using Parcours.Bench.Figures;
using Parcours.Bench.Limits;
using Parcours.Bench.Mail;
using Parcours.Bench.Parts;

// Limits that need a process of their own: this program once more.
if (args is [KestrelLimit.Name, var port])
    return await KestrelLimit.ServeAsync(port);
if (args is [SmtpLimit.Name, var sinkPort, var messages, var connections])
    return SmtpLimit.Send(sinkPort, messages, connections);

Options options;
try
{
    options = Options.Read(args);
}
catch (Exception mistake) when (mistake is ArgumentException or FormatException)
{
    Console.Error.WriteLine(mistake.Message);
    return 2;
}

var none = CancellationToken.None;
Directory.CreateDirectory(options.Folder);
if (options.Parts is ["engine"])
{
    await EngineRun.RunAsync(options, none);
    return 0;
}

using var sink = new MailSink();
var report = new Report();
var bench = new Bench(options, report, sink);
var million = new Million(bench);
try
{
    if (Has("limits"))
        await LimitsPart.RunAsync(bench, none);
    if (Has("reference") || Has("peers"))
        await new ReferencePart(bench).RunAsync(Has("reference"), Has("peers"), none);
    if (Has("intake"))
        await IntakePart.RunAsync(bench, none);
    if (Has("paced"))
        await PacedPart.RunAsync(bench, none);
    if (Has("million"))
        await MillionPart.RunAsync(bench, million, none);
    if (Has("start"))
        await StartPart.RunAsync(bench, million, none);
    if (Has("contacts"))
        await ContactsPart.RunAsync(bench, million, none);
    if (Has("segment"))
        await SegmentPart.RunAsync(bench, million, none);
    million.Clear();
    if (Has("nodes"))
        await NodesPart.RunAsync(bench, none);
    if (Has("growth"))
        await GrowthPart.RunAsync(bench, none);
}
finally
{
    // What was measured before something broke is not lost.
    report.Print();
    report.Write(options.Json);
}

return report.IsWhole ? 0 : 1;

bool Has(string part) => options.Parts.Count == 0 || options.Parts.Contains(part);
