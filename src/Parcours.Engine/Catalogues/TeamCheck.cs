using System.Collections.Immutable;
using System.Text.Json;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Catalogues;

/// <summary>Reads a team of users and tells every problem of it; codes <c>catalogue.team-*</c>.</summary>
static class TeamCheck
{
    const int MembersMax = 200;

    /// <param name="users">The addresses of those who sign in; null: they are not asked for.</param>
    public static Team? Team(string id, ReadOnlyMemory<byte> json, IReadOnlySet<string>? users, List<Problem> problems)
    {
        if (CatalogueCheck.Open(json, problems, "name", "members") is not { } root)
            return null;
        CatalogueCheck.Name(root, id, problems);
        var members = CatalogueCheck.Texts(root, "members", problems).Select(member => member.Trim().ToLowerInvariant()).Distinct(StringComparer.Ordinal).ToImmutableArray();
        if (members.Length > MembersMax)
            problems.Add(CatalogueCheck.Error("catalogue.team-members", "/members", $"A team has at most {MembersMax} members."));
        foreach (var member in members)
            if (users?.Contains(member) == false)
                problems.Add(CatalogueCheck.Error("catalogue.team-member", "/members", $"Nobody signs in as '{member}'; choose another user, or add this one.") with { Arguments = new Dictionary<string, string> { ["name"] = member } });
        return problems.Exists(problem => problem.Severity == Severity.Error) ? null : new(id, members);
    }

    /// <summary>As it is kept: addresses as users have them, each once.</summary>
    public static ReadOnlyMemory<byte> Kept(string id, ReadOnlyMemory<byte> json) =>
        JsonSerializer.SerializeToUtf8Bytes(new TeamRecord(id, Team(id, json, null, [])!.Members), CatalogueJson.Default.TeamRecord); // It was checked.
}
