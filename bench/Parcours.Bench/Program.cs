using Parcours.Bench;
using Parcours.Bench.Engine;

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
foreach (var part in options.Parts)
    switch (part)
    {
        case "engine":
            await EngineRun.RunAsync(options, CancellationToken.None);
            break;
        default:
            Console.Error.WriteLine($"There is no part '{part}'; bench/README.md lists them.");
            return 2;
    }
return 0;
