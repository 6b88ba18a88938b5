using System.Globalization;
using System.Text.Json;

namespace Parcours.Intake;

/// <summary>Reads the bodies of Segment's HTTP API: bytes to judged items, in one pass and without a tree.</summary>
/// <remarks>Pure. It never throws for what a sender may write; what is wrong comes back as a refusal of the request or of an item.</remarks>
public static partial class IntakeParser
{
    static readonly IntakeReading.Accepted Nothing = new([], [], null);

    /// <summary>Reads a whole body.</summary>
    /// <param name="body">UTF-8 JSON, decompressed. Nothing of it is kept.</param>
    /// <param name="route">What the path says that the body holds.</param>
    /// <param name="limits">Null: the defaults.</param>
    public static IntakeReading Parse(ReadOnlySpan<byte> body, IntakeRoute route, IntakeLimits? limits = null)
    {
        limits ??= IntakeLimits.Default;
        if (route == IntakeRoute.Metrics)
            return Nothing;
        if (body.Length > limits.BatchBytes)
            return TooLarge(limits);
        body = IntakeText.WithoutMark(body);
        if (!IntakeText.IsUtf8(body))
            return Refuse(400, "malformed_json", "The body is not UTF-8 text.");
        body = IntakeText.WithWholeCharacters(body);

        // The reader's own depth is lifted: an item that is too deep is refused alone, not with its batch.
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = limits.BatchBytes + 1 });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return Refuse(400, "malformed_json", "The body must be a JSON object.");
            var reading = route == IntakeRoute.Batch
                ? ParseBatch(ref reader, body, limits)
                : ParseSingle(ref reader, body, KindOf(route), limits);
            // What follows the object must be nothing: the reader throws where it is not.
            while (reading is IntakeReading.Accepted && reader.Read())
            {
            }

            return reading;
        }
        catch (JsonException exception)
        {
            return Refuse(400, "malformed_json", string.Create(CultureInfo.InvariantCulture,
                $"The body is not JSON: line {(exception.LineNumber ?? 0) + 1}, byte {(exception.BytePositionInLine ?? 0) + 1} of the line."));
        }
    }

    public static IntakeReading.Refused TooLarge(IntakeLimits limits) =>
        Refuse(400, "too_large", $"The body is over {limits.BatchBytes / 1024} KB. Send fewer items in one batch.");

    static IntakeReading.Refused Refuse(int status, string code, string reason) => new(new IntakeRefusal(status, code, reason));

    // Nothing else would be taken, so the refusal is the request's (semantics 16.1).
    static IntakeReading ParseSingle(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, IntakeKind kind, IntakeLimits limits)
    {
        var draft = ParseItem(ref reader, 0, kind, limits);
        return draft.Refusal is { } refusal
            ? Refuse(400, refusal.Code, refusal.Reason)
            : new IntakeReading.Accepted([draft.Finish(body, default, default)], [], draft.WriteKey);
    }

    static IntakeReading ParseBatch(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, IntakeLimits limits)
    {
        List<IntakeDraft>? drafts = null;
        var context = default(IntakeContext);
        var sentAt = default(WrittenTime);
        string? writeKey = null;
        var tally = default(Tally);

        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.ValueTextEquals("batch"u8))
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.StartArray)
                    return Refuse(400, "no_batch", "The field batch must be an array of items.");
                drafts = [];
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (drafts.Count == limits.BatchItems)
                        return Refuse(400, "too_many_items", $"The batch holds over {limits.BatchItems} items. Send fewer in one batch.");
                    drafts.Add(ParseItem(ref reader, drafts.Count, kind: null, limits));
                }
            }
            else if (reader.ValueTextEquals("context"u8))
            {
                reader.Read();
                ReadContext(ref reader, ref tally, ref context);
            }
            else if (reader.ValueTextEquals("sentAt"u8))
            {
                reader.Read();
                ReadTime(ref reader, ref tally, ref sentAt);
            }
            else if (reader.ValueTextEquals("writeKey"u8))
            {
                reader.Read();
                writeKey = ReadText(ref reader, ref tally) ?? writeKey;
            }
            else
            {
                reader.Read();
                Walk(ref reader, ref tally);
            }
        }

        if (drafts is null)
            return Refuse(400, "no_batch", "The body has no field batch, an array of items.");

        var items = new List<IntakeItem>(drafts.Count);
        var refused = new List<ItemRefusal>();
        foreach (var draft in drafts)
        {
            if (draft.Refusal is { } refusal)
                refused.Add(refusal);
            else
                items.Add(draft.Finish(body, context, sentAt));
        }

        return new IntakeReading.Accepted(items, refused, writeKey);
    }

    static IntakeKind KindOf(IntakeRoute route) => route switch
    {
        IntakeRoute.Identify => IntakeKind.Identify,
        IntakeRoute.Track => IntakeKind.Track,
        IntakeRoute.Page => IntakeKind.Page,
        IntakeRoute.Screen => IntakeKind.Screen,
        IntakeRoute.Group => IntakeKind.Group,
        IntakeRoute.Alias => IntakeKind.Alias,
        _ => throw new ArgumentOutOfRangeException(nameof(route), route, "Only the paths of single calls name a kind."),
    };
}
