using System.Collections.Immutable;
using System.Text.Json;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Points;
using Parcours.Journeys.Texts;

namespace Parcours.Journeys.Plans;

/// <summary>An action that an installation has declared: an address on the web with inputs and outputs, which is a point for everybody (kind <c>customAction</c>). Immutable.</summary>
/// <remarks>It is read at each step from the catalogue, so a change holds for those inside from its control entry on (Semantics 6.2); what would leave a live journey without an input or output that it needs is refused.</remarks>
public sealed class CustomAction
{
    /// <summary>How fields of its own texts begin: <c>{{input.note}}</c>.</summary>
    public const string InputRoot = "input";

    readonly FieldText _url;
    readonly FieldJson? _body;
    readonly ImmutableArray<(string Name, FieldText Value, string? Secret)> _headers;

    public CustomAction(string name, string? title, WebhookMethod method, string url, IReadOnlyList<WebhookHeader> headers, JsonElement? body, string? signWith, IReadOnlyList<ActionInput> inputs, IReadOnlyList<ActionOutput> outputs)
    {
        (Name, Title, Method, Url, Headers, SignWith) = (name, title ?? name, method, url, [.. headers], signWith);
        (Inputs, Outputs) = ([.. inputs], [.. outputs]);
        _url = FieldText.TryParse(url, InputRoot, out var wrong) ?? throw new InvalidOperationException(wrong);
        _headers = [.. headers.Select(header => (header.Name, FieldText.TryParse(header.Value ?? "", InputRoot, out var problem) ?? throw new InvalidOperationException(problem), header.Secret))];
        _body = body is { } template ? FieldJson.TryParse(template, InputRoot, out var unread) ?? throw new InvalidOperationException(unread) : null;
    }

    public string Name { get; }
    public string Title { get; }
    public WebhookMethod Method { get; }
    public string Url { get; }
    public ImmutableArray<WebhookHeader> Headers { get; }
    public string? SignWith { get; }
    public ImmutableArray<ActionInput> Inputs { get; }
    public ImmutableArray<ActionOutput> Outputs { get; }

    /// <summary>Whether it carries this stored secret, or signs with it.</summary>
    public bool Names(string secret) => SignWith == secret || Headers.Any(header => header.Secret == secret);

    public string MethodName => Method.ToString().ToUpperInvariant();

    /// <summary>The request, filled.</summary>
    /// <param name="inputs">UTF-8 JSON of one object, with the defaults in it.</param>
    public WebRequest Ask(Contact contact, string journeyName, ReadOnlyMemory<byte> inputs)
    {
        var values = new FieldValues(contact, new EventProperties(inputs), journeyName);
        var headers = ImmutableArray.CreateBuilder<WebHeader>(_headers.Length);
        foreach (var (name, value, secret) in _headers)
            headers.Add(new(name, Lines.Plain(value.Fill(values)), secret));
        var body = Method is WebhookMethod.Get or WebhookMethod.Delete ? ReadOnlyMemory<byte>.Empty : _body?.Fill(values) ?? inputs;
        return new(MethodName, _url.Fill(values, WebhookPoint.Escaped), headers.MoveToImmutable(), body, SignWith, !Outputs.IsEmpty);
    }

    /// <summary>What of an answer is kept: its status, and each output that is found in it.</summary>
    /// <param name="answer">As a webhook's answer is kept: <c>status</c> and <c>body</c>.</param>
    public ReadOnlyMemory<byte> Read(ReadOnlyMemory<byte> answer)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(128);
        using (var said = JsonDocument.Parse(answer, new() { MaxDepth = 256 }))
        using (var to = new Utf8JsonWriter(buffer))
        {
            to.WriteStartObject();
            if (said.RootElement.TryGetProperty("status", out var status))
            {
                to.WritePropertyName("status");
                status.WriteTo(to);
            }

            if (said.RootElement.TryGetProperty("body", out var body))
                foreach (var output in Outputs)
                    if (output.Find(body) is { } found)
                    {
                        to.WritePropertyName(output.Name);
                        found.WriteTo(to);
                    }

            to.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
