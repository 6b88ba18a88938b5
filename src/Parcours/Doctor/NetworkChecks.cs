using Parcours.Channels.Smtp;
using Parcours.Cli;
using Parcours.Configuration;

namespace Parcours.Doctor;

/// <summary>Who serves, under which address people reach it, and whether mail can leave.</summary>
static class NetworkChecks
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async IAsyncEnumerable<Finding> OfAsync(Settings settings, SmtpSettings? smtp, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = Patience };
        yield return LocalAddress.Read(settings.Data) is { } local
            ? await AskAsync(client, "serving", local.Url, "/readyz", $"It serves at {local.Url} and is ready.", cancellationToken)
            : Finding.Ok("serving", "Nobody serves this data folder at present.");
        yield return settings.PublicUrl is { } address ? await PublicAsync(client, address, cancellationToken)
            : Finding.Warn("public-url", $"None is said: links in mails begin with {settings.Urls[0]}. Say {Setting.PublicUrl.Option} where recipients are on other machines.");
        yield return await Task.Run(() => Mail(settings, smtp), cancellationToken);
    }

    static async Task<Finding> PublicAsync(HttpClient client, string address, CancellationToken cancellationToken)
    {
        var asked = await AskAsync(client, "public-url", address, "/healthz", $"{address} answers.", cancellationToken);
        // From inside, an address that the world reaches need not be reached.
        if (asked.Verdict == Verdict.Problem)
            return Finding.Warn("public-url", $"{asked.Text} If recipients reach it all the same, that is well.");
        return address.StartsWith("https:", StringComparison.Ordinal) ? asked : Finding.Warn("public-url", $"{address} answers, without encryption: whoever carries it reads names, addresses and passwords. Put TLS before it.");
    }

    static async Task<Finding> AskAsync(HttpClient client, string check, string address, string path, string well, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync(address + path, cancellationToken);
            return answer.IsSuccessStatusCode ? Finding.Ok(check, well) : Finding.Problem(check, $"{address}{path} answers {(int)answer.StatusCode}: {await ReasonAsync(answer, cancellationToken)}");
        }
        catch (Exception failed) when (failed is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return Finding.Problem(check, $"{address} does not answer: {failed.InnerException?.Message ?? failed.Message}");
        }
    }

    static async Task<string> ReasonAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            using var problem = System.Text.Json.JsonDocument.Parse(text);
            return problem.RootElement.GetProperty("detail").GetString() ?? "";
        }
        catch (Exception other) when (other is System.Text.Json.JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return answer.ReasonPhrase ?? "";
        }
    }

    static Finding Mail(Settings settings, SmtpSettings? smtp)
    {
        const string Check = "mail";
        if (smtp is null)
            return Finding.Warn(Check, $"No mail leaves: the sandbox keeps all. Say {Setting.SmtpUrl.Option} where it should.");
        var (offer, encrypted, why) = SmtpTrial.Run(smtp with { Timeouts = smtp.Timeouts with { Connect = Patience, Greeting = Patience } }, TimeProvider.System);
        if (offer is null)
            return Finding.Problem(Check, $"The mail server cannot be used: {why}.");
        var said = $"{smtp} takes mail{(smtp.User is null ? "" : $" and the login of {smtp.User}")}{(encrypted ? " over an encrypted line" : "")}; the sender is {settings.MailFrom.Address}.";
        return encrypted || smtp.Tls == SmtpTls.Never || smtp.AnyCertificate ? Finding.Ok(Check, said) : Finding.Warn(Check, $"{said} The line is not encrypted.");
    }
}
