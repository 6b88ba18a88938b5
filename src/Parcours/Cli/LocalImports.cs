using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Parcours.Imports;

namespace Parcours.Cli;

/// <summary>The way in for <c>import</c> while <c>serve</c> runs: the command streams the file and follows it. For whoever can read the token in the data folder, as <see cref="LocalControl"/>.</summary>
static class LocalImports
{
    public const string Path = "/local/imports";

    /// <summary>Headers of the request that brings a file: what it is called, and the wishes, as base64 of UTF-8.</summary>
    public const string FileHeader = "Import-File", WishesHeader = "Import-Wishes", KindHeader = "Import-Kind";

    public static void UseLocalImports(this IApplicationBuilder app, string token) => app.Use((context, next) =>
        context.Request.Path.StartsWithSegments(Path, StringComparison.Ordinal, out var rest) ? AnswerAsync(context, rest.Value ?? "", token) : next(context));

    static async Task AnswerAsync(HttpContext context, string rest, string token)
    {
        var service = context.RequestServices.GetRequiredService<ImportService>();
        var parts = rest.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (!LocalControl.IsFromHere(context, token))
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        else if (HttpMethods.IsPost(context.Request.Method) && parts.Length == 0)
            await TakeAsync(context, service);
        else if (HttpMethods.IsPost(context.Request.Method) && parts is [var cancelled, "cancel"])
            await WriteAsync(context, await service.CancelAsync(cancelled, context.RequestAborted));
        else if (parts is [var rejected, "rejects"])
            await WriteRejectsAsync(context, service, rejected);
        else
            await WriteAsync(context, parts is [var id] ? await service.FindAsync(id, context.RequestAborted) : null);
    }

    static async Task TakeAsync(HttpContext context, ImportService service)
    {
        // Whoever writes to this machine's disk needs no limit of ours.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        if (context.Features.Get<Microsoft.AspNetCore.Server.Kestrel.Core.Features.IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        var headers = context.Request.Headers;
        var kind = Enum.Parse<ImportKind>(headers[KindHeader].ToString());
        var wishes = JsonSerializer.Deserialize(Convert.FromBase64String(headers[WishesHeader].ToString()), ImportJson.Default.ImportWishes)!;
        var file = Encoding.UTF8.GetString(Convert.FromBase64String(headers[FileHeader].ToString()));
        await WriteAsync(context, await service.TakeAsync(async (spool, cancellationToken) =>
        {
            await context.Request.Body.CopyToAsync(spool, cancellationToken);
            return new(kind, file, wishes);
        }, context.RequestAborted));
    }

    static async Task WriteAsync(HttpContext context, ImportView? view)
    {
        if (view is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(context.Response.Body, view, ImportJson.Default.ImportView, context.RequestAborted);
    }

    static async Task WriteRejectsAsync(HttpContext context, ImportService service, string id)
    {
        await using var rejects = await service.OpenRejectsAsync(id, context.RequestAborted);
        if (rejects is null)
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        else
            await rejects.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
