using Parcours.Http;

namespace Parcours.Security;

/// <summary>Making the first administrator: as long as there is no user, by the link that <c>serve</c> prints, or on the machine itself.</summary>
public sealed class SetUp(Users users, OneTimeLinks links, HttpSettings settings)
{
    /// <param name="token">Of the link; null: without one.</param>
    public async Task<bool> MayAsync(HttpContext context, string? token, CancellationToken cancellationToken) =>
        // A link from an earlier start must not make a second administrator.
        !await users.AnyAsync(cancellationToken)
        && (token is { Length: > 0 } ? await links.PeekAsync(token, OneTimePurpose.SetUp, cancellationToken) is not null : OwnMachine.Asks(context, settings));

    /// <summary>Makes the administrator; the link is used up by that.</summary>
    public async Task<UserAnswer> RunAsync(string email, string password, string? token, CancellationToken cancellationToken)
    {
        var answer = await users.AddFirstAsync(email, password, cancellationToken);
        if (answer is UserAnswer.Done && token is { Length: > 0 })
            await links.TakeAsync(token, OneTimePurpose.SetUp, CancellationToken.None);
        return answer;
    }
}
