using Parcours.Api;
using Parcours.Security;

namespace Parcours.Http;

/// <summary>
/// Everything under <c>/api</c> and <c>/openapi</c>, made when it is first asked for, or right after the start, whichever comes first. Half of a start was the framework compiling what
/// binds the parameters of a hundred endpoints; whoever sends events, reads mail or asks whether the process is ready waits for none of it.
/// </summary>
public sealed class ApiPipeline(IServiceProvider services)
{
    readonly Lazy<RequestDelegate> _pipeline = new(() => Build(services));

    public static bool Takes(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/openapi");
    }

    public Task InvokeAsync(HttpContext context) => _pipeline.Value(context);

    /// <summary>Makes it now: a request that nobody answers goes through it.</summary>
    public async Task WarmAsync()
    {
        await using var scope = services.CreateAsyncScope();
        var nobody = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        (nobody.Request.Method, nobody.Request.Path) = ("GET", "/api");
        await InvokeAsync(nobody);
    }

    static RequestDelegate Build(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseRouting();
        app.UseAuthentication();
        app.Use((context, next) => SameOrigin.GuardAsync(context, next));
        app.UseAuthorization();
        var idempotency = services.GetRequiredService<Idempotency>();
        app.Use((context, next) => context.Request.Path.StartsWithSegments("/api/v1", StringComparison.Ordinal) ? idempotency.InvokeAsync(context, next) : next(context));
        var audit = services.GetRequiredService<Api.Audit.AuditTrail>();
        app.Use((context, next) => context.Request.Path.StartsWithSegments("/api/v1", StringComparison.Ordinal) ? audit.InvokeAsync(context, next) : next(context));
        app.UseEndpoints(endpoints =>
        {
            ApiV1.Map(endpoints);
            endpoints.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        });
        return app.Build();
    }
}

/// <summary>Makes <see cref="ApiPipeline"/> a second after the server listens: whoever asks whether it is ready, or has events to send, comes first.</summary>
sealed class ApiWarmUp(ApiPipeline api, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (lifetime.ApplicationStarted.Register(started.SetResult))
        await using (stoppingToken.Register(() => started.TrySetCanceled(stoppingToken)))
            await started.Task;
        await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken);
        await api.WarmAsync();
    }
}
