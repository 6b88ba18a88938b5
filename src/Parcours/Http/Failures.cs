using Parcours.Engine;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;

namespace Parcours.Http;

/// <summary>Turns whatever goes wrong into one clear problem; a stack trace never leaves the process.</summary>
public sealed partial class Failures(RequestDelegate next, ILogger<Failures> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        ApiProblem? problem = null;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = 499;
            return;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            problem = Translate(exception);
            // Being asked to come back later is no failure; a store that does not work is.
            if (problem.Status == 500 || exception is StoreException)
                LogFailure(exception, context.Request.Method, context.GetEndpoint()?.DisplayName ?? "?");
            context.Response.Clear();
            await SecurityHeaders.AddAsync(context, _ => Task.CompletedTask);
        }

        problem ??= Empty(context.Response);
        if (problem is not null)
            await new ProblemAnswer(problem).ExecuteAsync(context);
    }

    static ApiProblem Translate(Exception exception) => exception switch
    {
        BadInputException bad => bad.Problem,
        OverloadedException busy => Overloaded(busy),
        StoreException store => Store(store),
        UnknownFormException newer => Store(new StoreException(StoreFailure.TooNew, $"A newer version of Parcours wrote what this one cannot read; start that version. {newer.Message}")),
        BadHttpRequestException { StatusCode: 413 } => Problems.Of(413, "too-large", "The body is too large."),
        BadHttpRequestException bad => Problems.Of(bad.StatusCode, "invalid", bad.Message),
        _ => Problems.Internal,
    };

    public static ApiProblem Overloaded(OverloadedException busy)
    {
        ArgumentNullException.ThrowIfNull(busy);
        return Problems.Of(503, "overloaded", "The engine cannot take more at the moment; nothing of this was taken. Try again later.") with
        {
            Headers = new Dictionary<string, string> { ["Retry-After"] = RetryAfter(busy) },
        };
    }

    public static string RetryAfter(OverloadedException busy)
    {
        ArgumentNullException.ThrowIfNull(busy);
        return Math.Max(1, (int)Math.Ceiling(busy.RetryAfter.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    public static ApiProblem Store(StoreException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var (code, text) = failure.Failure switch
        {
            StoreFailure.DiskFull => ("disk-full", "The disk is full; nothing was changed. Free some space where the data lies: on the disk of the database, or of the data folder."),
            StoreFailure.TooNew => ("too-new", failure.Message),
            StoreFailure.ReadOnly => ("read-only", "The data folder cannot be written; nothing was changed. Give the server the right to write there."),
            _ => ("store", "The store failed; nothing of this is known to have changed. Look into the log, and try again."),
        };
        return Problems.Of(503, code, text) with { Headers = new Dictionary<string, string> { ["Retry-After"] = "10" } };
    }

    // What the framework answers without a body: no such route, or not by that method.
    static ApiProblem? Empty(HttpResponse response)
    {
        if (response.HasStarted || response.StatusCode < 400 || response.ContentLength > 0 || response.ContentType is not null)
            return null;
        return response.StatusCode switch
        {
            404 => Problems.NotFound("such address here"),
            405 => Problems.MethodNotAllowed,
            415 => Problems.Of(415, "media-type", "Send application/json."),
            var status => Problems.Of(status, "invalid"),
        };
    }

    [LoggerMessage(10, LogLevel.Error, "A request failed: {Method} {Endpoint}")]
    partial void LogFailure(Exception exception, string method, string endpoint);
}
