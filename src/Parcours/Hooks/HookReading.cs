using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Intake;
using Parcours.Journeys.Contacts;
using Parcours.Security;

namespace Parcours.Hooks;

/// <summary>What one body comes to by a mapping: the same for a delivery and for the preview of one.</summary>
/// <param name="Problems">Errors refuse it; warnings are parts that were not found or not understood.</param>
sealed record HookReading(
    string? Event, ImmutableArray<Identity> Identities, ReadOnlyMemory<byte> Data, ReadOnlyMemory<byte> Properties, string? MessageId, Instant? Timestamp, IReadOnlyList<ProblemReason> Problems)
{
    /// <summary>Kinds of identity by their names in a mapping, strongest first.</summary>
    public static readonly IReadOnlyList<(string Name, IdentityKind Kind)> Kinds = [("userId", IdentityKind.UserId), ("email", IdentityKind.Email), ("phone", IdentityKind.Phone), ("anonymousId", IdentityKind.AnonymousId)];

    const int EventNameMax = 500, DataBytesMax = 32 * 1024, PropertiesBytesMax = 64 * 1024, NumberLength = 40;

    public bool IsRefused => Problems.Any(problem => problem.Severity == "error");

    public static HookReading Of(HookMapping mapping, JsonElement body)
    {
        var problems = new List<ProblemReason>();
        var name = mapping.EventFrom is { } from ? Text(body, from, "eventFrom", problems) ?? mapping.Event : mapping.Event;
        if (name is null || name.Trim().Length is 0 or > EventNameMax)
            problems.Add(new("hook.no-event", "/eventFrom", "The event has no name: where it should stand there is none of 1 to 500 characters."));
        var identities = IdentitiesOf(mapping, body, problems);
        var data = mapping.Data is { Count: > 0 } wanted ? Object(wanted, "data", body, problems)
            : body.ValueKind == JsonValueKind.Object ? Encoding.UTF8.GetBytes(body.GetRawText()) : JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, JsonElement> { ["body"] = body });
        if (data.Length > DataBytesMax)
            problems.Add(new("hook.large", "/data", "The event's properties are over 32 KB: map the parts that are needed."));
        var properties = mapping.Properties is { Count: > 0 } held ? Object(held, "properties", body, problems) : default;
        if (properties.Length > PropertiesBytesMax)
            problems.Add(new("hook.large", "/properties", "The contact's properties are over 64 KB: map the parts that are needed."));
        var id = mapping.MessageId is { } once ? Text(body, once, "messageId", problems) : null;
        Instant? at = null;
        if (mapping.Timestamp is { } when && Text(body, when, "timestamp", problems) is { } written)
        {
            if (IntakeTime.TryParse(written, out var read))
                at = read;
            else
                problems.Add(Warning("hook.time", "timestamp", when, "There is no time that can be read; it counts as of its receipt."));
        }

        return new(name, identities, data, properties, id, at, problems);
    }

    /// <param name="hook">Two hooks never share a message id.</param>
    /// <param name="deliveryId">What the sender's own header calls the delivery; null: nothing.</param>
    public Submission ToSubmission(string hook, string? deliveryId) => new()
    {
        Body = new SubmissionBody.Received([], Properties, Event, Data),
        Identities = Identities,
        Rights = SenderRights.Server,
        MessageId = (MessageId ?? deliveryId) is { } id ? "hook-" + Secrets.Hash($"{hook}\n{id}")[..NumberLength] : null,
        Timestamp = Timestamp,
    };

    static ImmutableArray<Identity> IdentitiesOf(HookMapping mapping, JsonElement body, List<ProblemReason> problems)
    {
        var identities = ImmutableArray.CreateBuilder<Identity>();
        foreach (var (name, kind) in Kinds)
            if (mapping.Identities.TryGetValue(name, out var path) && Text(body, path, "identities/" + name, problems) is { } value)
            {
                if (IdentityForms.Normalise(new(kind, value)) is not null)
                    identities.Add(new(kind, value));
                else
                    problems.Add(Warning("hook.identity", "identities/" + name, path, "This cannot be an identity of that kind."));
            }
        if (identities.Count == 0)
            problems.Add(new("hook.nobody", "/identities", "Nobody is named: no identity was found where it should stand."));
        return identities.ToImmutable();
    }

    static ReadOnlyMemory<byte> Object(IReadOnlyDictionary<string, string> wanted, string field, JsonElement body, List<ProblemReason> problems) => JsonObjects.Write(to =>
    {
        foreach (var (name, path) in wanted)
            if (JsonPath.TryParse(path)?.Find(body) is { } value)
            {
                to.WritePropertyName(name);
                value.WriteTo(to);
            }
            else
                problems.Add(Missing($"{field}/{name}", path));
    });

    static string? Text(JsonElement body, string path, string field, List<ProblemReason> problems)
    {
        if (JsonPath.TryParse(path)?.Find(body) is not { } value)
        {
            problems.Add(Missing(field, path));
            return null;
        }

        if (JsonPath.TextOf(value) is { } text)
            return text;
        problems.Add(Warning("hook.kind", field, path, "Here stands an object or a list, and not a text or a number."));
        return null;
    }

    static ProblemReason Missing(string field, string path) => Warning("hook.missing", field, path, "There is nothing here in this body.");

    static ProblemReason Warning(string code, string field, string path, string text) =>
        new(code, "/" + field, text) { Severity = "warning", Arguments = new Dictionary<string, string> { ["path"] = path } };
}
