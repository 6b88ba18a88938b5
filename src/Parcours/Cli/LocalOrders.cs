using System.Diagnostics;
using System.Globalization;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Security;

namespace Parcours.Cli;

/// <summary>Carries out what the commands <c>key</c>, <c>user</c>, <c>team</c>, <c>link-key</c> and <c>sending</c> want.</summary>
sealed partial class LocalOrders(IEngine engine, ApiKeys keys, Users users)
{
    const int PageLength = 200;

    public Task<LocalAnswer> CarryOutAsync(LocalOrder order, CancellationToken cancellationToken) => order switch
    {
        LocalOrder.AddKey add => AddKeyAsync(add, cancellationToken),
        LocalOrder.ListKeys => ListKeysAsync(cancellationToken),
        LocalOrder.RevokeKey revoke => RevokeKeyAsync(revoke, cancellationToken),
        LocalOrder.AddUser add => AddUserAsync(add, cancellationToken),
        LocalOrder.ListUsers => ListUsersAsync(cancellationToken),
        LocalOrder.ListTeams => ListTeamsAsync(cancellationToken),
        LocalOrder.SetTeam set => SetTeamAsync(set, cancellationToken),
        LocalOrder.RemoveTeam remove => RemoveTeamAsync(remove.Name, cancellationToken),
        LocalOrder.AddLinkKey => AddLinkKeyAsync(cancellationToken),
        LocalOrder.ListLinkKeys => ListLinkKeysAsync(cancellationToken),
        LocalOrder.RevokeLinkKey revoke => RevokeLinkKeyAsync(revoke.Number, cancellationToken),
        LocalOrder.ShowSending => ShowSendingAsync(cancellationToken),
        LocalOrder.HoldSending => HoldSendingAsync(cancellationToken),
        LocalOrder.ReleaseSending release => ReleaseSendingAsync(release.Discard, cancellationToken),
        _ => throw new UnreachableException($"{order.GetType().Name} is no order."),
    };

    async Task<LocalAnswer> AddKeyAsync(LocalOrder.AddKey add, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(add.Name) || add.Name.Length > 200
            ? new([], "--name needs a text of 1 to 200 characters.")
            : await DoneAsync("post-key", add.Name, new([(await keys.CreateAsync(add.Name, add.Scope, cancellationToken)).Secret]));

    async Task<LocalAnswer> ListKeysAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        for (string? after = null; await keys.ListAsync(after, PageLength, cancellationToken) is { Count: > 0 } page; after = page[^1].Id)
            lines.AddRange(page.Select(key =>
                $"{key.Id}  {Low(key.Scope),-6}  …{key.Tail}  {Day(key.CreatedAt)}  {key.Name}{(key.RevokedAt is { } revoked ? $"  (revoked {Day(revoked)})" : "")}"));
        return new(lines);
    }

    async Task<LocalAnswer> RevokeKeyAsync(LocalOrder.RevokeKey revoke, CancellationToken cancellationToken) =>
        await keys.RevokeAsync(revoke.Id, cancellationToken) is null ? new([], $"There is no key with the id {revoke.Id}. parcours key list shows the ids.") : await DoneAsync("revoke-key", revoke.Id, new([]));

    async Task<LocalAnswer> AddUserAsync(LocalOrder.AddUser add, CancellationToken cancellationToken) =>
        await users.AddAsync(add.Email, add.Password, add.Role, cancellationToken) is UserAnswer.Refused refused ? new([], refused.Text) : await DoneAsync("post-user", add.Email, new([]));

    /// <summary>What was carried out is put on record.</summary>
    async Task<LocalAnswer> DoneAsync(string act, string target, LocalAnswer answer)
    {
        await engine.WriteAsync(async (unit, now) =>
        {
            await new AuditLine(AuditLine.ByCommand, act, target).WriteAsync(unit, now, CancellationToken.None);
            return true;
        }, CancellationToken.None);
        return answer;
    }

    async Task<LocalAnswer> ListUsersAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        for (string? after = null; await users.ListAsync(after, PageLength, cancellationToken) is { Count: > 0 } page; after = page[^1].Id)
            lines.AddRange(page.Select(user => $"{user.Email}  {Low(user.Role)}  {Day(user.CreatedAt)}"));
        return new(lines);
    }

    static string Low<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
