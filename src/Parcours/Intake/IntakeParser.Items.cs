using System.Text.Json;

namespace Parcours.Intake;

public static partial class IntakeParser
{
    /// <summary>Reads one item, on whose first token the reader stands, to its end, whatever is wrong with it.</summary>
    /// <param name="kind">Null in a batch: the item's own <c>type</c> says it.</param>
    static IntakeDraft ParseItem(ref Utf8JsonReader reader, int index, IntakeKind? kind, IntakeLimits limits)
    {
        var draft = new IntakeDraft(index, kind, typed: kind is null);
        var start = reader.TokenStartIndex;
        var tally = new Tally { Base = reader.CurrentDepth };
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Walk(ref reader, ref tally);
            draft.Refuse(ItemRefusalCodes.NotAnObject, "An item must be a JSON object.");
            return draft;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            tally.Keys++;
            ReadField(ref reader, ref tally, draft);
        }

        draft.Judge(tally.Keys, tally.Depth, reader.BytesConsumed - start, limits);
        return draft;
    }

    static void ReadField(ref Utf8JsonReader reader, ref Tally tally, IntakeDraft draft)
    {
        if (reader.ValueTextEquals("type"u8))
        {
            reader.Read();
            var type = ReadText(ref reader, ref tally);
            if (draft.Typed)
                draft.SetType(type);
        }
        else if (reader.ValueTextEquals("event"u8))
        {
            reader.Read();
            draft.EventName = ReadText(ref reader, ref tally);
        }
        else if (reader.ValueTextEquals("properties"u8))
        {
            reader.Read();
            draft.Properties = ReadObject(ref reader, ref tally, draft, "properties");
        }
        else if (reader.ValueTextEquals("traits"u8))
        {
            reader.Read();
            draft.Traits = ReadObject(ref reader, ref tally, draft, "traits");
        }
        else if (reader.ValueTextEquals("context"u8))
        {
            reader.Read();
            ReadContext(ref reader, ref tally, ref draft.Context);
        }
        else if (reader.ValueTextEquals("userId"u8))
        {
            reader.Read();
            draft.UserId = ReadId(ref reader, ref tally, draft, "userId");
        }
        else if (reader.ValueTextEquals("anonymousId"u8))
        {
            reader.Read();
            draft.AnonymousId = ReadId(ref reader, ref tally, draft, "anonymousId");
        }
        else if (reader.ValueTextEquals("messageId"u8))
        {
            reader.Read();
            draft.MessageId = ReadId(ref reader, ref tally, draft, "messageId");
        }
        else if (reader.ValueTextEquals("timestamp"u8))
        {
            reader.Read();
            ReadTime(ref reader, ref tally, ref draft.Timestamp);
        }
        else if (reader.ValueTextEquals("originalTimestamp"u8))
        {
            reader.Read();
            ReadTime(ref reader, ref tally, ref draft.OriginalTimestamp);
        }
        else if (reader.ValueTextEquals("sentAt"u8))
        {
            reader.Read();
            ReadTime(ref reader, ref tally, ref draft.SentAt);
        }
        else
        {
            ReadRarerField(ref reader, ref tally, draft);
        }
    }

    static void ReadRarerField(ref Utf8JsonReader reader, ref Tally tally, IntakeDraft draft)
    {
        if (reader.ValueTextEquals("name"u8))
        {
            reader.Read();
            draft.Name = ReadText(ref reader, ref tally);
        }
        else if (reader.ValueTextEquals("category"u8))
        {
            reader.Read();
            draft.Category = ReadText(ref reader, ref tally);
        }
        else if (reader.ValueTextEquals("groupId"u8))
        {
            reader.Read();
            draft.GroupId = ReadId(ref reader, ref tally, draft, "groupId");
        }
        else if (reader.ValueTextEquals("previousId"u8))
        {
            reader.Read();
            draft.PreviousId = ReadId(ref reader, ref tally, draft, "previousId");
        }
        else if (reader.ValueTextEquals("writeKey"u8))
        {
            reader.Read();
            draft.WriteKey = ReadText(ref reader, ref tally);
        }
        else
        {
            reader.Read();
            Walk(ref reader, ref tally);
        }
    }

    // Ids as text or number (a number becomes its text, semantics 4.3); an empty one is none.
    static string? ReadId(ref Utf8JsonReader reader, ref Tally tally, IntakeDraft draft, string field)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                var text = reader.GetString();
                return string.IsNullOrWhiteSpace(text) ? null : text;
            case JsonTokenType.Number:
                return System.Text.Encoding.UTF8.GetString(reader.ValueSpan);
            case JsonTokenType.Null:
                return null;
            default:
                Walk(ref reader, ref tally);
                draft.Refuse(ItemRefusalCodes.BadId, $"{field} must be a text or a number.");
                return null;
        }
    }

    static Range ReadObject(ref Utf8JsonReader reader, ref Tally tally, IntakeDraft draft, string field)
    {
        var start = (int)reader.TokenStartIndex;
        var type = reader.TokenType;
        Walk(ref reader, ref tally);
        if (type == JsonTokenType.StartObject)
            return start..(int)reader.BytesConsumed;
        if (type != JsonTokenType.Null)
            draft.Refuse(ItemRefusalCodes.BadField, $"{field} must be a JSON object.");
        return default;
    }

    // Of the context only what this product uses; nothing in it can refuse an item.
    static void ReadContext(ref Utf8JsonReader reader, ref Tally tally, ref IntakeContext context)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Walk(ref reader, ref tally);
            return;
        }

        tally.Enter(reader.CurrentDepth);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            tally.Keys++;
            if (reader.ValueTextEquals("traits"u8))
            {
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                var isObject = reader.TokenType == JsonTokenType.StartObject;
                Walk(ref reader, ref tally);
                context.Traits = isObject ? start..(int)reader.BytesConsumed : default;
            }
            else if (reader.ValueTextEquals("locale"u8))
            {
                reader.Read();
                context.Locale = ReadText(ref reader, ref tally);
            }
            else if (reader.ValueTextEquals("timezone"u8))
            {
                reader.Read();
                context.TimeZone = ReadText(ref reader, ref tally);
            }
            else if (reader.ValueTextEquals("ip"u8))
            {
                reader.Read();
                context.Ip = ReadText(ref reader, ref tally);
            }
            else
            {
                reader.Read();
                Walk(ref reader, ref tally);
            }
        }
    }

    static void ReadTime(ref Utf8JsonReader reader, ref Tally tally, ref WrittenTime time)
    {
        time = reader.TokenType switch
        {
            JsonTokenType.String => WrittenTime.Of(reader.GetString()),
            JsonTokenType.Number when reader.TryGetDecimal(out var number) && IntakeTime.TryFromEpoch(number, out var instant) => new(instant, Given: true),
            JsonTokenType.Null => default,
            _ => new WrittenTime(null, Given: true),
        };
        Walk(ref reader, ref tally);
    }

    // Text that only describes: what is no text is none.
    static string? ReadText(ref Utf8JsonReader reader, ref Tally tally)
    {
        if (reader.TokenType == JsonTokenType.String)
            return reader.GetString() is { Length: > 0 } text ? text : null;
        Walk(ref reader, ref tally);
        return null;
    }

    // To the end of the value that the reader stands on, counting; not by recursion, since the sender chooses the depth.
    static void Walk(ref Utf8JsonReader reader, ref Tally tally)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return;
        var outer = reader.CurrentDepth;
        tally.Enter(outer);
        while (reader.Read() && reader.CurrentDepth > outer)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    tally.Keys++;
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    tally.Enter(reader.CurrentDepth);
                    break;
            }
        }
    }

    /// <summary>What an item costs to read: fields at all depths, and the deepest nesting (the item itself is 1).</summary>
    struct Tally
    {
        public int Base;
        public int Keys;
        public int Depth;

        public void Enter(int depth) => Depth = Math.Max(Depth, depth - Base + 1);
    }
}
