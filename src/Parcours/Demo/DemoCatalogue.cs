using Parcours.Cli;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;

namespace Parcours.Demo;

/// <summary>Puts what samples/ defines into an installation, and takes the journeys live.</summary>
static class DemoCatalogue
{
    static readonly (string Kind, string Folder)[] Documents = [("topic", "topics"), ("property", "properties"), ("list", "lists"), ("content", "content")];

    static readonly string[] Journeys = ["welcome", "win-back", "vip"];

    public static async Task PublishAsync(IEngine engine, CancellationToken cancellationToken)
    {
        var catalogue = engine.Catalogue;
        // In this order: each names only what is there already.
        foreach (var (kind, folder) in Documents)
            foreach (var path in Samples.In(folder))
                Must(path, await catalogue.SaveAsync(kind, NameOf(path), Samples.Read(path), 0, cancellationToken));
        foreach (var path in Samples.In("segments"))
            Must(path, await catalogue.SaveSegmentAsync(NameOf(path), Samples.Read(path), 0, cancellationToken));
        foreach (var name in Journeys)
        {
            var (journey, path) = (new JourneyId(name), $"journeys/{name}.json");
            Must(path, await catalogue.SaveJourneyAsync(journey, Samples.Read(path), 0, cancellationToken));
            Must(path, await catalogue.PublishJourneyAsync(journey, null, cancellationToken));
        }
        await engine.SettleAsync(cancellationToken);
    }

    static string NameOf(string path) => Path.GetFileNameWithoutExtension(path);

    static void Must(string path, CatalogueAnswer answer)
    {
        if (answer is CatalogueAnswer.Refused refused)
            throw new CommandException($"samples/{path} was refused: {string.Join("; ", refused.Problems.Where(problem => problem.Severity == Severity.Error).Select(problem => $"{problem.Path} {problem.Text}"))}");
        if (answer is not (CatalogueAnswer.Done or CatalogueAnswer.InProgress))
            throw new CommandException($"samples/{path} was not taken: {answer.GetType().Name}.");
    }
}
