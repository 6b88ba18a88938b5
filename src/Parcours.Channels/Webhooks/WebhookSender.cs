using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Machine;

namespace Parcours.Channels.Webhooks;

/// <summary>One try of one webhook: signed, sent, and its answer judged.</summary>
sealed class WebhookSender(WebhookSettings settings, IWebhookSecrets secrets, TimeProvider time) : IDisposable
{
    static readonly Duration RetryAfterMost = Duration.FromHours(24);
    readonly WebhookHttp _http = new(settings);

    public async Task<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (message.Request is not { } asked)
            return new(SendOutcome.Failed, "webhook: there is nothing to ask");
        using var over = new CancellationTokenSource(settings.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(new HttpMethod(asked.Method), asked.Url);
            if (await FillAsync(request, message.Row.Key, asked, both.Token) is { } missing)
                return new(SendOutcome.Failed, $"webhook: there is no stored secret '{missing}'");
            using var response = await _http.SendAsync(request, both.Token);
            return await JudgeAsync(response, asked, both.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new(SendOutcome.TryLater, string.Create(CultureInfo.InvariantCulture, $"webhook: no answer within {settings.Timeout.TotalSeconds} s"));
        }
        catch (SealedSecretException shut)
        {
            return new(SendOutcome.TryLater, $"webhook: {shut.Message}");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException or InnerAddressException or AuthenticationException)
        {
            return Failed(failure);
        }
    }

    /// <returns>The name of a secret that there is not; null: all is there.</returns>
    async ValueTask<string?> FillAsync(HttpRequestMessage request, MessageKey key, WebRequest asked, CancellationToken cancellationToken)
    {
        if (!asked.Body.IsEmpty)
            request.Content = new ReadOnlyMemoryContent(asked.Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        request.Headers.UserAgent.ParseAdd("Parcours");
        foreach (var (name, value, secret) in asked.Headers)
        {
            var whole = value;
            if (secret is not null)
            {
                if (await secrets.FindAsync(secret, cancellationToken) is not { } found)
                    return secret;
                whole = value + found;
            }

            if (name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
            {
                request.Content?.Headers.Remove(name);
                request.Content?.Headers.TryAddWithoutValidation(name, whole);
            }
            else
            {
                request.Headers.Remove(name);
                request.Headers.TryAddWithoutValidation(name, whole);
            }
        }

        var (id, at) = (key.ToString(), time.GetUtcNow().ToUnixTimeSeconds());
        IReadOnlyList<string> keys = asked.SignWith is not { } named ? await secrets.SigningAsync(cancellationToken) : await secrets.FindAsync(named, cancellationToken) is { } own ? [own] : [];
        if (keys.Count == 0)
            return asked.SignWith ?? "";
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", at.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", string.Join(' ', keys.Select(secret => StandardWebhooks.Sign(secret, id, at, asked.Body.Span))));
        return null;
    }

    async Task<SendResult> JudgeAsync(HttpResponseMessage response, WebRequest asked, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var taken = response.IsSuccessStatusCode;
        // What nobody keeps is not waited for: whoever has taken it has taken it.
        if (taken && !asked.WantsAnswer)
            return new(SendOutcome.Sent);
        ReadOnlyMemory<byte>? body = null;
        var whole = true;
        if (asked.WantsAnswer)
            try
            {
                body = await WebhookAnswer.ReadAsync(response.Content, cancellationToken);
            }
            catch (Exception cut) when (cut is HttpRequestException or IOException)
            {
                whole = false;
            }

        if (taken && !whole)
            return new(SendOutcome.TryLater, "webhook: its answer broke off");
        var answer = asked.WantsAnswer ? WebhookAnswer.Of(status, body) : default;
        if (taken)
            return new(SendOutcome.Sent) { Answer = answer };
        var why = $"webhook: status {status}";
        return status switch
        {
            >= 300 and < 400 => new(SendOutcome.Failed, $"{why}, and redirects are not followed: name the address itself") { Answer = answer },
            408 or 425 or 429 or >= 500 => new(SendOutcome.TryLater, why, RetryAfter(response)) { Answer = answer },
            // The same again would be answered the same.
            _ => new(SendOutcome.Failed, why) { Answer = answer },
        };
    }

    /// <summary>As long as the receiver asks for, within reason; null: it did not.</summary>
    Duration? RetryAfter(HttpResponseMessage response)
    {
        var wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => Duration.FromTimeSpan(delta),
            { Date: { } date } => Duration.FromTimeSpan(date - time.GetUtcNow()),
            _ => (Duration?)null,
        };
        return wait is not { } asked || asked <= Duration.Zero ? null : Duration.Min(asked, RetryAfterMost);
    }

    // What the system says may name addresses inside of the network: only what kind of trouble it was is kept.
    static SendResult Failed(Exception failure) => Cause(failure) switch
    {
        InnerAddressException => new(SendOutcome.Failed, "webhook: it leads into the own network, which the setting webhook-private-addresses does not allow"),
        AuthenticationException => new(SendOutcome.TryLater, "webhook: its certificate cannot be trusted"),
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => new(SendOutcome.TryLater, "webhook: its name is not known"),
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => new(SendOutcome.TryLater, "webhook: nobody listens there"),
        _ => new(SendOutcome.TryLater, "webhook: the line broke off"),
    };

    static Exception Cause(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
            if (cause is InnerAddressException or AuthenticationException or SocketException)
                return cause;
        return failure;
    }

    public void Dispose() => _http.Dispose();
}
