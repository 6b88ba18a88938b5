using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Engine;
using Parcours.Engine.Ports;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Api;

/// <summary>Publishing by two people: whether it is asked for, and what is asked of whom.</summary>
sealed class Approvals(IEngine engine)
{
    const string Settings = "setting", Setting = "approval", Kind = "journey-approval";

    public async ValueTask<bool> AreRequiredAsync(CancellationToken cancellationToken) =>
        await engine.Queries.DocumentAsync(Settings, Setting, cancellationToken) is { } document && JsonSerializer.Deserialize(document.Json.Span, ApprovalJson.Default.ApprovalSetting)?.Required == true;

    public Task RequireAsync(bool required, CancellationToken cancellationToken) => engine.WriteAsync(async (unit, now) =>
    {
        await unit.WriteDocumentAsync(Settings, Setting, JsonSerializer.SerializeToUtf8Bytes(new(required), ApprovalJson.Default.ApprovalSetting), null, now, cancellationToken);
        return true;
    }, cancellationToken);

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

sealed record ApprovalSetting(bool Required);

/// <summary>The orders of a person who wants to publish.</summary>
/// <param name="Revision">The draft that is meant; another one is asked for anew.</param>
/// <param name="Comment">Why it was sent back; null: it waits.</param>
sealed record ApprovalRequest(string By, DateTimeOffset At, long Revision, string? Note, IReadOnlyList<PeopleBody> People, string? SentBackBy = null, DateTimeOffset? SentBackAt = null, string? Comment = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ApprovalSetting))]
[JsonSerializable(typeof(ApprovalRequest))]
sealed partial class ApprovalJson : JsonSerializerContext;
