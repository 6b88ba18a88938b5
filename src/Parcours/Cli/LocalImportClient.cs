using System.Net;
using System.Text;
using System.Text.Json;
using Parcours.Imports;

namespace Parcours.Cli;

/// <summary>Has the process that serves the folder import a file, and follows it to its end.</summary>
static class LocalImportClient
{
    static readonly TimeSpan LookEach = TimeSpan.FromMilliseconds(50);

    /// <returns>The exit code; null: nobody answered, for the server starts or stops, and nothing was begun.</returns>
    public static async Task<int?> TryAsync(LocalAddress address, ImportOrder order, ImportInput input, ImportRejects rejects, Terminal terminal, CancellationToken cancellationToken)
    {
        using var client = LocalCommand.Client(address);
        if (await SendAsync(client, order, input, cancellationToken) is not { } import)
            return null;
        try
        {
            import = await ImportProgress.ShowAsync(terminal, report => FollowAsync(client, import, report, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Whoever ends the command ends the import; what is in stays, and the same command goes on with it.
            import = await ReadAsync(await client.PostAsync(new Uri($"{LocalImports.Path}/{import.Id}/cancel", UriKind.Relative), null, CancellationToken.None), CancellationToken.None) ?? import;
        }
        catch (HttpRequestException gone)
        {
            throw new CommandException("The server went away meanwhile. It goes on with the import when it starts again; the same command shows how it ended.", cause: gone);
        }

        if (rejects.IsWanted && import.HasRejects)
            await FetchAsync(client, import, rejects, cancellationToken);
        return ImportReport.Tell(import, order, terminal);
    }

    static async Task<ImportView?> SendAsync(HttpClient client, ImportOrder order, ImportInput input, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = input.Open();
            using var request = new HttpRequestMessage(HttpMethod.Post, LocalImports.Path) { Content = new StreamContent(file) };
            request.Headers.Add(LocalImports.KindHeader, order.Kind.ToString());
            request.Headers.Add(LocalImports.FileHeader, Convert.ToBase64String(Encoding.UTF8.GetBytes(input.Name)));
            request.Headers.Add(LocalImports.WishesHeader, Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(order.Wishes, ImportJson.Default.ImportWishes)));
            // A server that does not take it says so before the file is sent.
            request.Headers.ExpectContinue = true;
            using var response = await client.SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotFound)
                return null;
            return await ReadAsync(response, cancellationToken) ?? throw new CommandException($"The server could not take the file ({(int)response.StatusCode}); its log says why.");
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    static async Task<ImportView> FollowAsync(HttpClient client, ImportView import, Action<ImportStatus, double, long, long> report, CancellationToken cancellationToken)
    {
        while (import.Status is ImportStatus.Waiting or ImportStatus.Checking or ImportStatus.Importing)
        {
            report(import.Status, import.Progress, import.Status == ImportStatus.Importing ? import.Processed : import.Rows, import.Rows);
            await Task.Delay(LookEach, cancellationToken);
            using var response = await client.GetAsync(new Uri($"{LocalImports.Path}/{import.Id}", UriKind.Relative), cancellationToken);
            import = await ReadAsync(response, cancellationToken) ?? throw new CommandException("The server no longer knows the import.");
        }

        return import;
    }

    static async Task FetchAsync(HttpClient client, ImportView import, ImportRejects rejects, CancellationToken cancellationToken)
    {
        await using var from = await client.GetStreamAsync(new Uri($"{LocalImports.Path}/{import.Id}/rejects", UriKind.Relative), cancellationToken);
        await using (var to = rejects.Begin()!)
            await from.CopyToAsync(to, cancellationToken);
        rejects.Keep();
    }

    static async Task<ImportView?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.IsSuccessStatusCode ? await JsonSerializer.DeserializeAsync(await response.Content.ReadAsStreamAsync(cancellationToken), ImportJson.Default.ImportView, cancellationToken) : null;
}
