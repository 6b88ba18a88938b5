using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Intake;

namespace Parcours.Tests.Intake;

/// <summary>Whatever comes in, what comes out is a reading, and what it accepts can be read again.</summary>
public sealed class IntakeFuzzTests
{
    static readonly byte[][] Seeds =
    [
        .. new[]
        {
            """{"batch":[{"type":"track","userId":"u","event":"e","properties":{"a":[1,2.5e3,null,true],"b":{"c":"\u00e9\ud83d\ude00"}},"messageId":"m","timestamp":"2026-03-02T08:59:58.123Z"}],"sentAt":"2026-03-02T09:00:00Z","writeKey":"k"}""",
            """{"type":"identify","userId":17,"anonymousId":"a","traits":{"email":"ada@example.org","address":{"city":"Zürich"}},"context":{"traits":{"x":1},"locale":"fr","timezone":"Europe/Paris","ip":"::1"},"timestamp":1772441998123,"sentAt":1772441998}""",
            """{"batch":[{"type":"alias","userId":"u","previousId":"a"},{"type":"group","userId":"u","groupId":5,"traits":{}},{"type":"page","anonymousId":"a","name":"n","category":"c"},{},[],null,1]}""",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    // Bytes that matter to a JSON reader come up more often than chance would have them.
    static readonly byte[] Telling = [.. "{}[]\",:\\ud8tfn0-.eE\n"u8, 0x00, 0xC3, 0xED, 0xA0, 0xFF];

    static readonly IntakeRoute[] Routes = Enum.GetValues<IntakeRoute>();

    [Fact]
    public void Random_bytes_are_refused_and_never_thrown_over() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => Routes.All(route => Holds(bytes, route))).QuickCheckThrowOnFailure();

    [Fact]
    public void Bodies_with_a_few_bytes_changed_are_read_or_refused() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(3_000),
            Prop.ForAll(Mutations().ToArbitrary(), bytes => Routes.All(route => Holds(bytes, route))));

    [Fact]
    public void Random_texts_are_times_or_not_but_never_thrown_over() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(3_000),
            Prop.ForAll(Gen.Elements("0123456789-+:.TZ eE, GMT".ToCharArray()).ArrayOf().ToArbitrary(), text =>
                !IntakeTime.TryParse(text, out var time) || time.ToUnixTimeTicks() % 10 == 0));

    [Fact]
    public void Random_headers_hold_a_key_or_none_but_are_never_thrown_over() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), ArbMap.Default.ArbFor<byte[]>(), (header, body) =>
        {
            IntakeCredentials.From(header, body);
            IntakeCredentials.From("Basic " + header, body);
            IntakeCredentials.From(null, body);
        }).QuickCheckThrowOnFailure();

    static Gen<byte[]> Mutations() =>
        from seed in Gen.Elements(Seeds)
        from edits in Gen.Choose(0, 4).SelectMany(count => Edit(seed.Length).ArrayOf(count))
        select edits.Aggregate(seed, Apply);

    static Gen<(int At, int Kind, byte Value)> Edit(int length) =>
        from at in Gen.Choose(0, length - 1)
        from kind in Gen.Choose(0, 2)
        from value in Gen.OneOf(Gen.Elements(Telling), Gen.Choose(0, 255).Select(number => (byte)number))
        select (at, kind, value);

    static byte[] Apply(byte[] body, (int At, int Kind, byte Value) edit)
    {
        var at = Math.Min(edit.At, body.Length);
        return edit.Kind switch
        {
            0 => [.. body[..at], edit.Value, .. body[at..]],
            1 => [.. body[..at], .. body[Math.Min(at + 1, body.Length)..]],
            _ => [.. body[..at], edit.Value, .. body[Math.Min(at + 1, body.Length)..]],
        };
    }

    static bool Holds(byte[] body, IntakeRoute route) => IntakeParser.Parse(body, route) switch
    {
        IntakeReading.Refused refused => refused.Refusal is { Status: 400, Code.Length: > 0, Reason.Length: > 0 },
        IntakeReading.Accepted accepted => accepted.Items.All(Readable) && accepted.Refusals.All(refusal => refusal is { Code.Length: > 0, Reason.Length: > 0 })
            && accepted.Items.Select(item => item.Index).Concat(accepted.Refusals.Select(refusal => refusal.Index)).Order()
                .SequenceEqual(Enumerable.Range(0, accepted.Items.Count + accepted.Refusals.Count)),
        _ => false,
    };

    static bool Readable(IntakeItem item) =>
        (item.UserId ?? item.AnonymousId) is { Length: > 0 }
        && new[] { item.Properties, item.Traits, item.ContextTraits }.All(raw => raw.IsEmpty || AllTextReads(raw))
        && item.ToSubmission(SenderRights.Server) is { Identities.Length: > 0 } submission
        && (submission.Body is not SubmissionBody.Received body || new[] { body.Traits, body.Properties }.All(raw => raw.IsEmpty || AllTextReads(raw)));

    static bool AllTextReads(ReadOnlyMemory<byte> raw)
    {
        using var document = JsonDocument.Parse(raw, new JsonDocumentOptions { MaxDepth = 64 });
        return document.RootElement.ValueKind == JsonValueKind.Object && Texts(document.RootElement).All(text => text is not null);
    }

    static IEnumerable<string?> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Texts(property.Value).Prepend(property.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => [element.GetString()],
        _ => [],
    };
}
