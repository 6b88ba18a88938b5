using System.Net;
using System.Text.Json;
using Parcours.Security;

namespace Parcours.Cli;

/// <summary>The way in for commands of this machine while <c>serve</c> runs: one path, for whoever can read the token in the data folder.</summary>
static class LocalControl
{
    public const string Path = "/local/order";

    /// <summary>Answers before everything else does: other machines and wrong tokens find nothing here.</summary>
    public static void UseLocalControl(this IApplicationBuilder app, string token) =>
        app.Use((context, next) => context.Request.Path == Path ? AnswerAsync(context, token) : next(context));

    static async Task AnswerAsync(HttpContext context, string token)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || !IsFromHere(context, token))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        LocalOrder? order;
        try
        {
            order = await JsonSerializer.DeserializeAsync(context.Request.Body, LocalJson.Default.LocalOrder, context.RequestAborted);
        }
        catch (JsonException)
        {
            // A command of another version: the token says that it means well.
            order = null;
        }

        var answer = order is null
            ? new LocalAnswer([], "The server that runs here is another version and does not know this command. Use the version that serves, or stop it first.")
            : await context.RequestServices.GetRequiredService<LocalOrders>().CarryOutAsync(order, context.RequestAborted);
        context.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(context.Response.Body, answer, LocalJson.Default.LocalAnswer, context.RequestAborted);
    }

    /// <summary>Whether a command of this machine asks, which can read the data folder.</summary>
    public static bool IsFromHere(HttpContext context, string token) => IsThisMachine(context.Connection) && Secrets.Same(context.Request.Headers.Authorization.ToString(), $"Bearer {token}");

    // Who listens at one address of the machine only is called from that address.
    static bool IsThisMachine(ConnectionInfo connection) =>
        connection.RemoteIpAddress is { } address && (IPAddress.IsLoopback(address) || address.Equals(connection.LocalIpAddress));
}
