using System.Text.Json;
using Parcours.Engine.Catalogues;
using Parcours.Security;

namespace Parcours.Cli;

/// <summary>What <c>team</c> wants.</summary>
sealed partial class LocalOrders
{
    async Task<LocalAnswer> ListTeamsAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        for (string? after = null; await engine.Queries.DocumentsAsync(DocumentKinds.Team, null, after, PageLength, cancellationToken) is { Count: > 0 } page; after = page[^1].Id)
            lines.AddRange(page.Select(team => $"{team.Id}  {string.Join(", ", JsonSerializer.Deserialize(team.Json.Span, SecurityJson.Default.TeamMembers)!.Members)}"));
        return new(lines);
    }

    // Journeys may ask for it: it changes at one moment for all contacts, which only the engine can see to.
    async Task<LocalAnswer> SetTeamAsync(LocalOrder.SetTeam set, CancellationToken cancellationToken) => engine is Records
        ? NeedsServe
        : await AnswerAsync(
            await engine.Catalogue.SaveAsync(DocumentKinds.Team, set.Name, JsonSerializer.SerializeToUtf8Bytes(new(set.Members), SecurityJson.Default.TeamMembers), null, cancellationToken), "put-team", set.Name);

    async Task<LocalAnswer> RemoveTeamAsync(string name, CancellationToken cancellationToken) => engine is Records
        ? NeedsServe
        : await AnswerAsync(await engine.Catalogue.DeleteAsync(DocumentKinds.Team, name, null, cancellationToken), "delete-team", name);

    static LocalAnswer NeedsServe => new([], "Teams are changed while parcours serve runs: start it, and say this again.");

    async Task<LocalAnswer> AnswerAsync(CatalogueAnswer answer, string act, string team) => answer switch
    {
        CatalogueAnswer.Refused refused => new([], string.Join(' ', refused.Problems.Select(problem => problem.Text))),
        CatalogueAnswer.NotFound => new([], $"There is no team '{team}'. parcours team list shows them."),
        _ => await DoneAsync(act, team, new([])),
    };
}
