namespace Parcours.Security;

/// <summary>What came of an attempt to sign in.</summary>
public abstract record SignInAnswer
{
    SignInAnswer() { }

    public sealed record Done(User User) : SignInAnswer;
    /// <summary>No such user, or not this password: nobody learns which.</summary>
    public sealed record Wrong : SignInAnswer;
    /// <summary>The password is right, and a code of the authenticator app is needed besides.</summary>
    public sealed record CodeNeeded : SignInAnswer;
    public sealed record CodeWrong : SignInAnswer;
    /// <summary>Too many attempts; nothing was looked at.</summary>
    public sealed record Locked(TimeSpan For) : SignInAnswer;
}

/// <summary>The one way in with a password: guarded against guessing, with the second factor where the user has one.</summary>
public sealed class SignIn(Users users, TwoFactor twoFactor, SignInGuard guard)
{
    /// <param name="code">Of the authenticator app; null or empty: not given.</param>
    /// <param name="recoveryCode">Instead of it.</param>
    /// <param name="address">Where the attempt comes from.</param>
    public async Task<SignInAnswer> TryAsync(string email, string password, string? code, string? recoveryCode, string address, CancellationToken cancellationToken)
    {
        if (!guard.TryBegin(email, address))
            return new SignInAnswer.Locked(SignInGuard.Window);
        if (await users.VerifyAsync(email, password, cancellationToken) is not { } user)
            return new SignInAnswer.Wrong();
        if (user.SecondFactor is { Confirmed: true })
        {
            // Only the whole of it clears the count: a right password shall not open the door to endless codes.
            if (string.IsNullOrWhiteSpace(code) && string.IsNullOrWhiteSpace(recoveryCode))
                return new SignInAnswer.CodeNeeded();
            var known = string.IsNullOrWhiteSpace(code) ? await twoFactor.TryRecoveryCodeAsync(user.Id, recoveryCode!, cancellationToken) : await twoFactor.TryCodeAsync(user.Id, code, cancellationToken);
            if (known is null)
                return new SignInAnswer.CodeWrong();
            user = known;
        }

        guard.Succeeded(email, address);
        return new SignInAnswer.Done(user);
    }

    /// <summary>Whether who is signed in already knows the password (and a code, where there is a second factor): before what only they may change. Guarded alike.</summary>
    public Task<SignInAnswer> ConfirmAsync(User user, string password, string? code, string address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        return TryAsync(user.Email, password, code, null, address, cancellationToken);
    }
}
