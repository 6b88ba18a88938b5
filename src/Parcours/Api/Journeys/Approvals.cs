using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Security;

namespace Parcours.Api;

/// <summary>Publishing by two people: whether it is asked for, and what is asked of whom.</summary>
sealed class Approvals(IEngine engine)
{
    const string Kind = "journey-approval";

    public async ValueTask<ApprovalSetting> SettingAsync(CancellationToken cancellationToken) =>
        await engine.Queries.DocumentAsync(DocumentKinds.Setting, DocumentKinds.ApprovalSetting, cancellationToken) is { } document && JsonSerializer.Deserialize(document.Json.Span, ApprovalJson.Default.ApprovalSetting) is { } setting
            ? setting with { Teams = setting.Teams ?? [] } // Written before there were teams.
            : new(false, []);

    public Task SetAsync(ApprovalSetting setting, CancellationToken cancellationToken) => engine.WriteAsync(async (unit, now) =>
    {
        await unit.WriteDocumentAsync(DocumentKinds.Setting, DocumentKinds.ApprovalSetting, JsonSerializer.SerializeToUtf8Bytes(setting, ApprovalJson.Default.ApprovalSetting), null, now, cancellationToken);
        return true;
    }, cancellationToken);

    /// <summary>Whether it is this user's to approve what others ask for: everybody's, or the members' of the teams that are named.</summary>
    public bool IsFor(ApprovalSetting setting, string email) => setting.Teams.Count == 0 || Teams.Of(engine, email).Intersect(setting.Teams, StringComparer.Ordinal).Any();

    /// <summary>What is asked, or was sent back; null: nothing.</summary>
    public async ValueTask<ApprovalRequest?> OfAsync(string journey, CancellationToken cancellationToken) =>
        await engine.Queries.DocumentAsync(Kind, journey, cancellationToken) is { } document ? JsonSerializer.Deserialize(document.Json.Span, ApprovalJson.Default.ApprovalRequest) : null;

    /// <summary>Writes it, and tells who is to know in the same transaction.</summary>
    /// <param name="request">Null: there is nothing to decide any more.</param>
    /// <param name="told">To whom which text.</param>
    public Task PutAsync(string journey, ApprovalRequest? request, IReadOnlyList<(string Reader, string Text)> told, CancellationToken cancellationToken) => engine.WriteAsync(async (unit, now) =>
    {
        if (request is null)
            await unit.DeleteDocumentAsync(Kind, journey, null, cancellationToken);
        else
            await unit.WriteDocumentAsync(Kind, journey, JsonSerializer.SerializeToUtf8Bytes(request, ApprovalJson.Default.ApprovalRequest), null, now, cancellationToken);
        if (told.Count > 0)
        {
            var writes = new WriteSet();
            foreach (var (reader, text) in told)
                writes.Notifications.Add(new(new(Guid.CreateVersion7()), reader, null, new JourneyId(journey), null, text, now.Truncate(), null) { Kind = NotificationKind.Approval });
            await unit.WriteAsync(writes, cancellationToken);
        }

        return true;
    }, cancellationToken);
}

/// <param name="Teams">Whose members may approve; empty: everybody else than who asks.</param>
sealed record ApprovalSetting(bool Required, IReadOnlyList<string> Teams);

/// <summary>The orders of a person who wants to publish.</summary>
/// <param name="Revision">The draft that is meant; another one is asked for anew.</param>
/// <param name="Comment">Why it was sent back; null: it waits.</param>
sealed record ApprovalRequest(string By, DateTimeOffset At, long Revision, string? Note, IReadOnlyList<PeopleBody> People, string? SentBackBy = null, DateTimeOffset? SentBackAt = null, string? Comment = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ApprovalSetting))]
[JsonSerializable(typeof(ApprovalRequest))]
sealed partial class ApprovalJson : JsonSerializerContext;
