using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Parcours.Api;

/// <summary>A topic as server-sent events: what is there at once, what changes, and a comment now and then that says that the line is open.</summary>
/// <param name="enter">What holds as long as somebody listens; null: nothing.</param>
sealed class LiveStream(LiveTopics.Watch watch, Func<IDisposable>? enter = null) : IResult
{
    static readonly TimeSpan HeartbeatEach = TimeSpan.FromSeconds(15);
    // A browser connects again by itself, and is then asked again whether it may.
    static readonly TimeSpan Length = TimeSpan.FromMinutes(30);
    static readonly byte[] Heartbeat = ": still here\n\n"u8.ToArray();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using (watch)
        using (enter?.Invoke())
        {
            var response = httpContext.Response;
            response.ContentType = "text/event-stream; charset=utf-8";
            response.Headers["X-Accel-Buffering"] = "no";
            httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            using var over = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted);
            over.CancelAfter(Length);
            try
            {
                await response.Body.WriteAsync("retry: 2000\n\n"u8.ToArray(), over.Token);
                await SendAsync(response, over.Token);
            }
            catch (OperationCanceledException)
            {
                // The browser has gone, or shall come again.
            }
        }
    }

    async Task SendAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        var number = 0;
        var next = watch.NextAsync(cancellationToken).AsTask();
        while (true)
        {
            await response.Body.FlushAsync(cancellationToken);
            if (await Task.WhenAny(next, Task.Delay(HeartbeatEach, cancellationToken)) != next)
            {
                await response.Body.WriteAsync(Heartbeat, cancellationToken);
                continue;
            }

            if (await next is not { } events)
                return;
            foreach (var happened in events)
            {
                await response.Body.WriteAsync(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"event: {happened.Name}\nid: {++number}\ndata: ")), cancellationToken);
                await response.Body.WriteAsync(happened.Data, cancellationToken);
                await response.Body.WriteAsync("\n\n"u8.ToArray(), cancellationToken);
            }

            next = watch.NextAsync(cancellationToken).AsTask();
        }
    }
}
