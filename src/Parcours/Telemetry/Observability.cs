using Microsoft.AspNetCore.Authentication;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Parcours.Engine.Telemetry;
using Parcours.Http;
using Parcours.Security;

namespace Parcours.Telemetry;

/// <summary>Metrics for Prometheus at <c>/metrics</c>; metrics and traces by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says to whom.</summary>
/// <remarks>Nothing listens to the meters before somebody asks: whoever watches nothing pays nothing, at the start or at work.</remarks>
sealed class Observability : IDisposable
{
    const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT", Path = "/metrics";

    readonly Lazy<MeterProvider> _metrics;
    readonly TracerProvider? _traces;

    public Observability(string node, string version)
    {
        var exports = Environment.GetEnvironmentVariable(Endpoint) is { Length: > 0 };
        void Describe(ResourceBuilder resource) => resource.AddService("parcours", serviceVersion: version, serviceInstanceId: node).AddEnvironmentVariableDetector();
        _metrics = new(() =>
        {
            var builder = Sdk.CreateMeterProviderBuilder().ConfigureResource(Describe)
                .AddMeter(NodeMeter.Name, EngineTelemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql")
                .AddPrometheusExporter();
            return (exports ? builder.AddOtlpExporter() : builder).Build();
        });
        if (!exports)
            return;
        _ = _metrics.Value;
        _traces = Sdk.CreateTracerProviderBuilder().ConfigureResource(Describe).AddSource(EngineTelemetry.Name, "Microsoft.AspNetCore", "Npgsql").AddOtlpExporter().Build();
    }

    /// <summary>Puts <c>/metrics</c> before everything else, so that each node answers for itself, whoever leads.</summary>
    /// <param name="port">Where it wants no key, and where nothing else but health is answered; null: nowhere.</param>
    public void Use(WebApplication app, int? port)
    {
        if (port is not null)
            _ = _metrics.Value;
        if (_traces is not null)
            app.Use(NameSpanAsync);
        app.MapWhen(context => context.Connection.LocalPort == port && context.Request.Path.Value is not (Path or "/healthz" or "/readyz"), other => other.Run(
            context => new ProblemAnswer(Problems.NotFound("such address here")).ExecuteAsync(context)));
        app.MapWhen(context => context.Request.Path == Path, metrics =>
        {
            metrics.Use((context, next) => context.Connection.LocalPort == port ? next(context) : GuardAsync(context, next));
            // Built by the first who may ask.
            var pipeline = new Lazy<RequestDelegate>(() => new ApplicationBuilder(app.Services).UseOpenTelemetryPrometheusScrapingEndpoint(_metrics.Value, null, Path, null, null).Build());
            metrics.Run(context => pipeline.Value(context));
        });
    }

    static async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        var caller = await context.AuthenticateAsync(Access.Scheme);
        if (caller.Principal is { } user && (Access.Has(user, KeyScope.Read) || Access.Has(user, KeyScope.Admin)))
            await next(context);
        else
            await (caller.Succeeded ? context.ForbidAsync(Access.Scheme) : context.ChallengeAsync(Access.Scheme));
    }

    /// <summary>What a request's span says: the route, never the address that was called, in which there may be anybody's (Semantics 11.4).</summary>
    static async Task NameSpanAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } span)
            return;
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} {route}";
        span.SetTag("http.request.method", context.Request.Method).SetTag("http.route", route).SetTag("http.response.status_code", context.Response.StatusCode);
    }

    public void Dispose()
    {
        _traces?.Dispose();
        if (_metrics.IsValueCreated)
            _metrics.Value.Dispose();
    }
}
