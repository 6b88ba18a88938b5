using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Parcours.Api;
using Parcours.Api.Intake;
using Parcours.Contacts;
using Parcours.Engine;
using Parcours.Gallery;
using Parcours.Hooks;
using Parcours.Imports;
using Parcours.Notices;
using Parcours.Security;
using Parcours.Telemetry;
using Parcours.Web;
using Parcours.Webhooks;
using Parcours.Work;

namespace Parcours.Http;

/// <summary>The one HTTP pipeline, which <c>serve</c>, <c>demo</c> and the tests share. <see cref="IEngine"/> comes from the services.</summary>
public static class ParcoursHttp
{
    public static IServiceCollection AddParcoursHttp(this IServiceCollection services, HttpSettings settings)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(settings);
        services.AddSingleton(settings);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(SealingKeys.None);
        services.AddSingleton(provider => new StoredSecrets(provider.GetRequiredService<IEngine>().Queries, provider.GetRequiredService<SealingKeys>()));
        services.AddSingleton<ApiKeys>().AddSingleton<Users>().AddSingleton<Sessions>().AddSingleton<OneTimeLinks>().AddSingleton<SignInGuard>().AddSingleton<TwoFactor>().AddSingleton<SignIn>().AddSingleton<SetUp>();
        services.AddSingleton<LinkKeyShelf>().AddSingleton<LinkKeyWatch>().AddHostedService(provider => provider.GetRequiredService<LinkKeyWatch>());
        services.AddSingleton<SessionSweep>().AddHostedService(provider => provider.GetRequiredService<SessionSweep>());
        services.AddSingleton<Application>().AddSingleton<SignInPages>().AddSingleton<HomePages>().AddSingleton<Subscriptions>().AddSingleton<PublicLinkPages>().AddSingleton<TrackingPages>();
        services.AddSingleton<MessageRate>().AddSingleton<FeedbackIntake>().AddHostedService(provider => provider.GetRequiredService<FeedbackIntake>());
        services.AddSingleton<FiguresLog>().AddHostedService(provider => provider.GetRequiredService<FiguresLog>());
        services.AddSingleton<DraftReaders>().AddSingleton<Frames>().AddSingleton<ContactExports>().AddSingleton<SavedViews>().AddSingleton<ContactFinder>().AddSingleton<CountBoard>().AddSingleton<SegmentForecasts>().AddSingleton<SegmentDays>().AddSingleton<WorkBoard>().AddSingleton<BulkService>().AddHostedService(provider => provider.GetRequiredService<BulkService>());
        services.AddSingleton<GalleryShelf>().AddSingleton<GalleryUse>().AddSingleton<JourneyMarks>().AddSingleton<Api.Audit.AuditTrail>().AddSingleton<Approvals>().AddSingleton<JourneyShelf>().AddSingleton<LiveTopics>();
        services.TryAddSingleton(new NoticeSettings());
        services.AddSingleton<NoticeMailer>().AddHostedService(provider => provider.GetRequiredService<NoticeMailer>());
        services.AddSingleton<ApiPipeline>();
        services.AddSingleton(provider => new NodeMeter(provider.GetRequiredService<IEngine>, settings.DiskFree, Cli.DataStore.Version)).AddSingleton<EntryRates>().AddSingleton<IntakeTally>().AddSingleton<IntakeEndpoints>().AddSingleton<HookBoard>().AddSingleton<HookShelf>().AddSingleton<HookEndpoint>().AddSingleton<Idempotency>();
        services.AddSingleton<ImportService>().AddHostedService(provider => provider.GetRequiredService<ImportService>());
        OpenApiNotes.Add(services);
        services.ConfigureHttpJsonOptions(options => ApiJson.Configure(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.Configure<KestrelServerOptions>(options => options.AddServerHeader = false);
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            options.KnownIPNetworks.Clear();
            options.KnownProxies.Clear();
        });
        Access.AddPolicies(services);
        return services;
    }

    public static WebApplication MapParcoursHttp(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.Services.GetRequiredService<HttpSettings>().BelieveForwardedHeaders)
            app.UseForwardedHeaders();
        app.Use((context, next) => SecurityHeaders.AddAsync(context, next));
        app.UseMiddleware<Failures>();
        var api = app.Services.GetRequiredService<ApiPipeline>();
        app.Use((context, next) => ApiPipeline.Takes(context) ? api.InvokeAsync(context) : next(context));
        app.UseRouting();
        var application = app.Services.GetRequiredService<Application>();
        app.Use((context, next) => application.InvokeAsync(context, next));
        app.UseAuthentication();
        app.Use((context, next) => SameOrigin.GuardAsync(context, next));
        app.UseAuthorization();
        Health.Map(app);
        Pages.MapIcon(app);
        IntakeEndpoints.Map(app);
        HookEndpoint.Map(app);
        SignInPages.MapOnce(app);
        if (!application.IsThere)
        {
            SignInPages.Map(app);
            HomePages.Map(app);
        }

        PublicLinkPages.Map(app);
        TrackingPages.Map(app);
        return app;
    }
}
