using Parcours.Bench;
using Parcours.Bench.Engine;
using Parcours.Bench.Figures;
using Parcours.Bench.Mail;
using Parcours.Bench.Parts;

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

Directory.CreateDirectory(options.Folder);
if (options.Parts is ["engine"])
{
    await EngineRun.RunAsync(options, CancellationToken.None);
    return 0;
}

using var sink = new MailSink();
var report = new Report();
var bench = new Bench(options, report, sink);
bool Has(string part) => options.Parts.Count == 0 || options.Parts.Contains(part);
if (Has("reference") || Has("peers"))
    await new ReferencePart(bench).RunAsync(Has("reference"), Has("peers"), CancellationToken.None);
report.Print();
report.Write(options.Json);
return 0;
