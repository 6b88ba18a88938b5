using Parcours.Api.Audit;
using Parcours.Http;
using Parcours.Security;

namespace Parcours.Api;

/// <summary>Everything under <c>/api/v1</c>.</summary>
static class ApiV1
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1").RequireAuthorization(Access.Api);
        SessionApi.Map(api);
        MeApi.Map(api);
        JourneysApi.Map(api);
        ContactsApi.Map(api);
        StandingApi.Map(api);
        WhyApi.Map(api);
        ContactSearchApi.Map(api);
        ContactExportApi.Map(api);
        SavedViewsApi.Map(api);
        SearchApi.Map(api);
        SeenApi.Map(api);
        UsesApi.Map(api);
        WorkApi.Map(api);
        TasksApi.Map(api);
        NotificationsApi.Map(api);
        NoticeMailApi.Map(api);
        EventsApi.Map(api);
        SegmentsApi.Map(api);
        CatalogueApi.Map(api);
        CouponsApi.Map(api);
        LiveApi.Map(api);
        GalleryApi.Map(api);
        ContentApi.Map(api);
        MessagesApi.Map(api);
        SandboxCountApi.Map(api);
        FeedbackApi.Map(api);
        BouncesApi.Map(api);
        SuppressionsApi.Map(api);
        ImportsApi.Map(api);
        KeysApi.Map(api);
        LinkKeysApi.Map(api);
        AuditApi.Map(api);
        ApprovalApi.Map(api);
        WebhooksApi.Map(api);
        HooksApi.Map(api);
        NodesApi.Map(api);
        SendingApi.Map(api);
        SystemApi.Map(api);
    }
}
