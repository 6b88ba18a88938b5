using System.Text.Json;
using Parcours.Engine;
using Parcours.Engine.Catalogues;

namespace Parcours.Security;

/// <summary>Which users are in which teams: documents of the catalogue, because journeys ask for them.</summary>
static class Teams
{
    /// <summary>The names of the teams that a user is in.</summary>
    public static IReadOnlyList<string> Of(IEngine engine, string email) => [.. engine.Current.Teams.Values.Where(team => team.Members.Contains(email)).Select(team => team.Name).Order(StringComparer.Ordinal)];

    /// <summary>Whoever is gone is in no team any more: nobody waits for them to do their turn.</summary>
    public static async Task LeaveAsync(IEngine engine, string email, CancellationToken cancellationToken)
    {
        foreach (var team in Of(engine, email))
            // Somebody may change the team at the same moment: then it is looked at anew.
            while (await engine.Queries.DocumentAsync(DocumentKinds.Team, team, cancellationToken) is { } document
                && JsonSerializer.Deserialize(document.Json.Span, SecurityJson.Default.TeamMembers) is { } held && held.Members.Contains(email)
                && await engine.Catalogue.SaveAsync(
                    DocumentKinds.Team, team, JsonSerializer.SerializeToUtf8Bytes(new([.. held.Members.Where(member => member != email)]), SecurityJson.Default.TeamMembers), document.Revision, cancellationToken) is CatalogueAnswer.Conflict)
            {
            }
    }
}

/// <summary>A team as the catalogue is told of it.</summary>
sealed record TeamMembers(IReadOnlyList<string> Members);
