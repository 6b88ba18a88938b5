using System.Diagnostics;
using System.Security.Claims;
using Parcours.Http;
using Parcours.Security;
using QRCoder;

namespace Parcours.Api;

/// <summary>Who is signed in: profile, password, second factor.</summary>
static class MeApi
{
    const int NameLengthMax = 100;
    static readonly string[] Languages = ["en", "fr", "it"];

    public static void Map(RouteGroupBuilder api)
    {
        var me = api.MapGroup("me").WithTags("Session");
        me.MapGet("", GetAsync).WithName("me").WithSummary("Who is signed in.").Produces<MeView>().Fails(404);
        me.MapPatch("", PatchAsync).WithName("patch-me").WithSummary("Changes name, language and theme; what is not named stays, an empty text takes away.").Produces<MeView>().Fails(400, 404);
        me.MapPost("password", PasswordAsync).WithName("change-password").WithSummary("Changes the password; all other sessions end.").Produces<MeView>().Fails(400, 404, 429).WithMetadata(new NotRepeatable());
        var factor = me.MapGroup("two-factor");
        factor.MapPost("", BeginAsync).WithName("begin-two-factor").WithSummary("Begins the second factor: a secret for an authenticator app, which asks for nothing until it is confirmed.").Produces<SecretView>().Fails(400, 404, 409, 429).WithMetadata(new NotRepeatable());
        factor.MapPost("confirm", ConfirmAsync).WithName("confirm-two-factor").WithSummary("Puts the second factor in force with a code of the app. The answer shows the recovery codes, once.").Produces<RecoveryView>().Fails(400, 404).WithMetadata(new NotRepeatable());
        factor.MapPost("recovery-codes", RenewAsync).WithName("renew-recovery-codes").WithSummary("New recovery codes in the place of all earlier ones; shown once.").Produces<RecoveryView>().Fails(400, 404, 409, 429).WithMetadata(new NotRepeatable());
        factor.MapPost("disable", DisableAsync).WithName("disable-two-factor").WithSummary("Takes the second factor away.").Produces<MeView>().Fails(400, 404, 429).WithMetadata(new NotRepeatable());
    }

    /// <summary>The user of a session; null: a key calls, or nobody.</summary>
    public static async ValueTask<User?> UserAsync(ClaimsPrincipal caller, Users users, CancellationToken cancellationToken) =>
        caller.HasClaim(Access.ByClaim, "session") && caller.FindFirstValue(Access.IdClaim) is { } id ? await users.ByIdAsync(id, cancellationToken) : null;

    public static IReadOnlyList<ProblemReason> Judge(string? name, string? language)
    {
        var reasons = new List<ProblemReason>();
        if (name is { } said && (said.Trim().Length > NameLengthMax || said.Any(char.IsControl)))
            reasons.Add(new("name.invalid", "/name", $"A name has at most {NameLengthMax} characters, on one line."));
        if (language is { Length: > 0 } && !Languages.Contains(language))
            reasons.Add(new("language.unknown", "/language", $"The application speaks {string.Join(", ", Languages)}."));
        return reasons;
    }

    public static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    static async Task<IResult> GetAsync(ClaimsPrincipal caller, Users users, CancellationToken cancellationToken) =>
        await UserAsync(caller, users, cancellationToken) is { } user ? Results.Ok(MeView.Of(user)) : Nobody;

    static async Task<IResult> PatchAsync(JudgedBody<MeBody> body, ClaimsPrincipal caller, Users users, CancellationToken cancellationToken)
    {
        var order = await body.JudgedAsync(said => Judge(said.Name, said.Language));
        if (await UserAsync(caller, users, cancellationToken) is not { } user)
            return Nobody;
        var changed = await users.ChangeAsync(user.Id, held => held with
        {
            Name = order.Name is null ? held.Name : Trimmed(order.Name),
            Language = order.Language is null ? held.Language : Trimmed(order.Language),
            Theme = order.Theme ?? held.Theme,
        }, cancellationToken);
        return changed is null ? Nobody : Results.Ok(MeView.Of(changed));
    }

    static async Task<IResult> PasswordAsync(Body<PasswordBody> body, HttpContext context, Users users, SignIn signIn, Sessions sessions, HttpSettings settings, CancellationToken cancellationToken)
    {
        if (await UserAsync(context.User, users, cancellationToken) is not { } user)
            return Nobody;
        // Whoever came by a one-time link has no password to know.
        if (user.PasswordHash is not null && await signIn.ConfirmAsync(user, body.Value.Current ?? "", body.Value.Code, ClientAddress.Of(context), cancellationToken) is not SignInAnswer.Done and var refusal)
            return NotMe(refusal);
        switch (await users.SetPasswordAsync(user, body.Value.Password, cancellationToken))
        {
            case UserAnswer.Done done:
                // Its sessions ended with the old password; this one goes on.
                SessionCookie.Set(context, await sessions.OpenAsync(done.User, cancellationToken), settings.SessionLength);
                return Results.Ok(MeView.Of(done.User));
            case UserAnswer.Refused refused:
                return new ProblemAnswer(Problems.Invalid(refused.Code, "/password", refused.Text));
            default:
                throw new UnreachableException("There is no third answer about a user.");
        }
    }

    static async Task<IResult> BeginAsync(Body<ProofBody> body, HttpContext context, Users users, SignIn signIn, TwoFactor twoFactor, CancellationToken cancellationToken)
    {
        if (await UserAsync(context.User, users, cancellationToken) is not { } user)
            return Nobody;
        if (user.SecondFactor is { Confirmed: true })
            return InForce;
        if (await ProveAsync(user, body.Value, context, signIn, cancellationToken) is { } refusal)
            return refusal;
        return await twoFactor.BeginAsync(user, cancellationToken) is var (secret, uri) ? Results.Ok(new SecretView(secret, uri, QrOf(uri))) : InForce;
    }

    static string QrOf(string uri)
    {
        using var generator = new QRCodeGenerator();
        using var code = new SvgQRCode(generator.CreateQrCode(uri, QRCodeGenerator.ECCLevel.M));
        return code.GetGraphic(4);
    }

    static async Task<IResult> ConfirmAsync(Body<CodeBody> body, ClaimsPrincipal caller, Users users, TwoFactor twoFactor, CancellationToken cancellationToken)
    {
        if (await UserAsync(caller, users, cancellationToken) is not { } user)
            return Nobody;
        return await twoFactor.ConfirmAsync(user, body.Value.Code, cancellationToken) is { } codes ? Results.Ok(new RecoveryView(codes)) : Wrong("/code", "This is not the code that the app shows now. Look whether the clock of the telephone is right, and begin anew if the secret was not taken over.");
    }

    static async Task<IResult> RenewAsync(Body<ProofBody> body, HttpContext context, Users users, SignIn signIn, TwoFactor twoFactor, CancellationToken cancellationToken)
    {
        if (await UserAsync(context.User, users, cancellationToken) is not { } user)
            return Nobody;
        if (user.SecondFactor is not { Confirmed: true })
            return new ProblemAnswer(Problems.Of(409, "two-factor.off", "There is no second factor to recover."));
        if (await ProveAsync(user, body.Value, context, signIn, cancellationToken) is { } refusal)
            return refusal;
        return await twoFactor.RenewRecoveryCodesAsync(user.Id, cancellationToken) is { } codes ? Results.Ok(new RecoveryView(codes)) : Nobody;
    }

    static async Task<IResult> DisableAsync(Body<ProofBody> body, HttpContext context, Users users, SignIn signIn, TwoFactor twoFactor, CancellationToken cancellationToken)
    {
        if (await UserAsync(context.User, users, cancellationToken) is not { } user)
            return Nobody;
        if (await ProveAsync(user, body.Value, context, signIn, cancellationToken) is { } refusal)
            return refusal;
        return await twoFactor.RemoveAsync(user.Id, cancellationToken) is { } changed ? Results.Ok(MeView.Of(changed)) : Nobody;
    }

    static async Task<ProblemAnswer?> ProveAsync(User user, ProofBody proof, HttpContext context, SignIn signIn, CancellationToken cancellationToken) =>
        user.PasswordHash is null ? null : await signIn.ConfirmAsync(user, proof.Password ?? "", proof.Code, ClientAddress.Of(context), cancellationToken) is not SignInAnswer.Done and var refusal ? NotMe(refusal) : null;

    // Not 401: the session is good, and the application must not send the user to the sign-in page.
    static ProblemAnswer NotMe(SignInAnswer refusal) => refusal switch
    {
        SignInAnswer.Wrong => Wrong("/password", "This is not your password.", "password.wrong"),
        SignInAnswer.CodeNeeded => Wrong("/code", "The code of the authenticator app is needed too.", "code.needed"),
        SignInAnswer.CodeWrong => Wrong("/code", "This code is wrong, or was used already. Wait for the next one."),
        _ => SessionApi.Refusal(refusal),
    };

    static ProblemAnswer Wrong(string path, string text, string code = "code.wrong") => new(Problems.Invalid(code, path, text));
    static ProblemAnswer InForce => new(Problems.Of(409, "two-factor.on", "The second factor is in force. Take it away first, then set it up anew."));
    public static ProblemAnswer Nobody => new(Problems.Of(404, "me.nobody", "A program's key calls: nobody is signed in."));
}

/// <summary>Who is signed in.</summary>
/// <param name="Language">en, fr or it; null: as the browser asks.</param>
/// <param name="HasPassword">False: signs in by one-time links only.</param>
/// <param name="RecoveryCodesLeft">0 without a second factor.</param>
sealed record MeView(string Id, string Email, string? Name, UserRole Role, string? Language, UserTheme Theme, bool HasPassword, bool TwoFactor, int RecoveryCodesLeft)
{
    public static MeView Of(User user) => new(
        user.Id, user.Email, user.Name, user.Role, user.Language, user.Theme, user.PasswordHash is not null, user.SecondFactor is { Confirmed: true }, user.SecondFactor is { Confirmed: true } factor ? factor.RecoveryHashes.Count : 0);
}

/// <param name="Name">An empty text takes it away.</param>
/// <param name="Language">en, fr or it; an empty text: as the browser asks.</param>
sealed record MeBody(string? Name = null, string? Language = null, UserTheme? Theme = null);

/// <param name="Current">The password so far; not needed by who has none.</param>
/// <param name="Password">10 to 256 characters.</param>
/// <param name="Code">Of the authenticator app, with a second factor.</param>
sealed record PasswordBody(string Password, string? Current = null, string? Code = null);

/// <summary>Proves that it is the user who asks, and not who found an open browser.</summary>
/// <param name="Password">Not needed by who has none.</param>
/// <param name="Code">Of the authenticator app, with a second factor.</param>
sealed record ProofBody(string? Password = null, string? Code = null);

sealed record CodeBody(string Code);

/// <param name="Secret">In base 32, to type it in.</param>
/// <param name="Uri">The same as an otpauth address, for a QR code.</param>
/// <param name="Qr">The QR code, as SVG.</param>
sealed record SecretView(string Secret, string Uri, string Qr);

/// <param name="RecoveryCodes">Each signs in once instead of the app's code.</param>
sealed record RecoveryView(IReadOnlyList<string> RecoveryCodes);
