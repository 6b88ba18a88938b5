using System.Globalization;
using Parcours.Security;

namespace Parcours.Cli;

/// <summary>What <c>link-key</c> wants (Semantics 10.9). A server that runs reads it within five seconds.</summary>
sealed partial class LocalOrders
{
    async Task<LocalAnswer> AddLinkKeyAsync(CancellationToken cancellationToken)
    {
        var number = (await new LinkKeyShelf(engine).AddAsync(cancellationToken)).Number.ToString(CultureInfo.InvariantCulture);
        return await DoneAsync("post-link-key", number, new([number]));
    }

    async Task<LocalAnswer> ListLinkKeysAsync(CancellationToken cancellationToken) => new([.. (await new LinkKeyShelf(engine).ListAsync(cancellationToken)).Select(Line)]);

    static string Line(LinkKeyView key)
    {
        var state = key.Revoked ? $"revoked{(key.RevokedAt is { } at ? $" {Day(at)}" : "")}" : key.Signs ? "signs" : "verifies";
        return string.Create(CultureInfo.InvariantCulture, $"{key.Number,5}  {(key.MadeAt is { } made ? Day(made) : "first start"),-11}  {state}");
    }

    async Task<LocalAnswer> RevokeLinkKeyAsync(int number, CancellationToken cancellationToken) => await new LinkKeyShelf(engine).RevokeAsync(number, cancellationToken) switch
    {
        LinkKeyAnswer.Done => await DoneAsync("revoke-link-key", number.ToString(CultureInfo.InvariantCulture), new([])),
        LinkKeyAnswer.Last => new([], "It is the only key that is left, and without one no link could be signed: say parcours link-key add first."),
        _ => new([], string.Create(CultureInfo.InvariantCulture, $"There is no link key {number}. parcours link-key list shows them.")),
    };
}
