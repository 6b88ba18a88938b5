using System.Net.Http.Headers;
using System.Text.Json;
using Parcours.Configuration;
using Parcours.Engine.Ports;
using Parcours.Security;
using Parcours.Storage.Sqlite;

namespace Parcours.Cli;

/// <summary>Carries an order out: by the process that serves the folder, or, when nobody does, by opening it (Semantics 15.8).</summary>
static class LocalCommand
{
    // A server that starts has the folder before it listens: that takes a moment, not long.
    public static readonly TimeSpan StartTakes = TimeSpan.FromSeconds(10), LookEach = TimeSpan.FromMilliseconds(50);

    public static async Task<int> RunAsync(Settings settings, LocalOrder order, Terminal terminal, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(settings, order, cancellationToken);
        if (answer.Refusal is { } refusal)
            throw new CommandException(refusal);
        foreach (var line in answer.Lines)
            terminal.Out.WriteLine(line);
        return 0;
    }

    static async Task<LocalAnswer> AskAsync(Settings settings, LocalOrder order, CancellationToken cancellationToken)
    {
        var data = settings.Data;
        for (var waited = TimeSpan.Zero; ; waited += LookEach)
        {
            if (!DataFolder.IsInUse(data))
            {
                try
                {
                    return await CarryOutHereAsync(settings, order, cancellationToken);
                }
                catch (StoreException inUse) when (inUse.Failure == StoreFailure.InUse && waited < StartTakes)
                {
                    // Somebody was quicker: a server that starts, or another command.
                }
            }
            else if (LocalAddress.Read(data) is { } address && await AskServerAsync(address, order, cancellationToken) is { } answer)
            {
                return answer;
            }
            else if (waited >= StartTakes)
            {
                throw new CommandException($"Another process has the data folder {data} open and does not answer. Try again, or stop that process.");
            }
            await Task.Delay(LookEach, cancellationToken);
        }
    }

    /// <summary>Null: it did not answer, for it starts or stops.</summary>
    static async Task<LocalAnswer?> AskServerAsync(LocalAddress address, LocalOrder order, CancellationToken cancellationToken)
    {
        using var client = Client(address);
        using var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(order, LocalJson.Default.LocalOrder));
        try
        {
            using var response = await client.PostAsync(new Uri(new Uri(address.Url), LocalControl.Path), body, cancellationToken);
            return response.IsSuccessStatusCode
                ? await JsonSerializer.DeserializeAsync(await response.Content.ReadAsStreamAsync(cancellationToken), LocalJson.Default.LocalAnswer, cancellationToken)
                : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Speaks with the process that serves.</summary>
    public static HttpClient Client(LocalAddress address)
    {
        // The token is the proof here, in both directions: whoever knows it read the folder. So a certificate for a public name is fine.
        var handler = new HttpClientHandler { UseProxy = false, ServerCertificateCustomValidationCallback = static (_, _, _, _) => true };
        return new HttpClient(handler)
        {
            BaseAddress = new Uri(address.Url),
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", address.Token) },
        };
    }

    static async Task<LocalAnswer> CarryOutHereAsync(Settings settings, LocalOrder order, CancellationToken cancellationToken)
    {
        await using var records = await Records.OpenAsync(settings, cancellationToken);
        return await new LocalOrders(records, new ApiKeys(records, TimeProvider.System), new Users(records, TimeProvider.System)).CarryOutAsync(order, cancellationToken);
    }
}
