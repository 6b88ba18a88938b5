using System.Collections.Immutable;
using System.ComponentModel;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Definitions.Json;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Texts;

namespace Parcours.Journeys.Points;

/// <summary>Asks an address on the web, signed, at least once (Semantics 5.4). With a branch on failure, or where the answer is kept, the contact waits here for what becomes of it (10.5).</summary>
[Description("Sends a signed request to an address on the web, at least once, and goes on; with onFailure or into, the contact waits here for the answer.")]
public sealed record WebhookPoint : StraightPoint
{
    public const string Channel = "webhook";

    /// <summary>As much as a request may carry, once it is filled.</summary>
    public const int BodyBytesMax = 256 * 1024;

    [Description("post, put, patch, get or delete; post without it.")]
    public WebhookMethod? Method { get; init; }

    [Description("Where to: https://crm.example.org/contacts/{{contact.user_id}}. Fields may stand after the host.")]
    public required string Url { get; init; }

    [Description("Further headers.")]
    public IReadOnlyList<WebhookHeader>? Headers { get; init; }

    [Description("What is sent: JSON whose texts may hold fields. Without it, the contact with its properties and the journey's data. get and delete send none.")]
    public JsonElement? Body { get; init; }

    [Description("The name of the stored secret that signs it; without it, the installation's own.")]
    public string? SignWith { get; init; }

    [Description("How long it is tried, from the arrival here: ISO 8601. Without it, P3D.")]
    public Duration? ExpiresAfter { get; init; }

    [Description("The name under which the answer is kept in the journey's data: name.status and name.body. The contact waits for it.")]
    public string? Into { get; init; }

    [Description("Where the contact goes when it failed for good; it waits here until that is known. Without it, a failure changes nothing.")]
    public string? OnFailure { get; init; }

    public override IEnumerable<PointExit> Exits() => OnFailure is null ? base.Exits() : [.. base.Exits(), new("failure", OnFailure, "onFailure")];

    protected internal override bool SendsMessages => true;

    public override string Explain() => $"sends {MethodName(Method)} {Url}";

    static string MethodName(WebhookMethod? method) => (method ?? WebhookMethod.Post).ToString().ToUpperInvariant();

    bool SendsBody => Method is not (WebhookMethod.Get or WebhookMethod.Delete);

    protected internal override void Check(CheckContext check)
    {
        WebhookCheck.Url(check, Url);
        WebhookCheck.Headers(check, Headers ?? []);
        if (Body is { } body)
        {
            if (!SendsBody)
                check.Error(ProblemCodes.WebhookBody, "body", "get and delete send no body; use post, or take the body away.");
            else if (Encoding.UTF8.GetByteCount(body.GetRawText()) > BodyBytesMax)
                check.Error(ProblemCodes.WebhookBody, "body", $"A body has at most {BodyBytesMax / 1024} KB.");
            else if (FieldJson.TryParse(body, out var problem) is not { } read)
                check.Error(ProblemCodes.TextField, "body", problem!, ("text", ""));
            else
                check.Uses(read);
        }
        if (SignWith is { } secret)
            check.Secret(secret, "signWith");
        if (ExpiresAfter is { } expires)
            check.Wait(expires, "expiresAfter");
        if (Into is { } into && !IsName(into))
            check.Error(ProblemCodes.WebhookInto, "into", "The name has letters, digits, - and _ alone: conditions ask for name.status and name.body.");
    }

    /// <summary>Whether conditions can ask for what is kept under this name.</summary>
    internal static bool IsName(string into) => into.Length is > 0 and <= CheckContext.NameLengthMax && into.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');

    internal static MessageKey KeyOf(StepContext context, string point) => MessageKey.Of(context.Enrolment.Id, point, context.Visit, Channel);

    internal static Move Failed(bool branches) => Move.Follow(branches ? 1 : 0);

    /// <summary>Where a contact goes who waits for what becomes of the request of this point.</summary>
    internal static Move Settled(StepContext context, string point, bool branches)
    {
        var key = KeyOf(context, point);
        foreach (var message in context.Enrolment.Messages)
            if (message.Key == key)
                // Also after a pause, in which it was only noted that something came back.
                return message.Status switch
                {
                    MessageStatus.Pending => Move.Stay,
                    MessageStatus.Skipped or MessageStatus.Failed or MessageStatus.InDoubt or MessageStatus.Cancelled => Failed(branches),
                    _ => Move.Follow(0),
                };
        // It is not known any more: nobody waits for what cannot come.
        return Failed(branches);
    }

    /// <summary>A value stays inside its place in the path: nothing but dots would climb out of it.</summary>
    internal static string Escaped(string value) => value.All(letter => letter == '.') ? new string('_', value.Length) : Uri.EscapeDataString(value);

    protected internal override PlanPoint Compile(CompileContext compile) => new Plan(
        MethodName(Method), FieldText.Parse(Url), [.. (Headers ?? []).Select(header => (header.Name, FieldText.Parse(header.Value ?? ""), header.Secret))],
        Body is { } body ? FieldJson.TryParse(body, out var problem) ?? throw new InvalidOperationException(problem) : null, SendsBody, SignWith, ExpiresAfter ?? SendEmailPoint.ExpiresAfterDefault, Into, OnFailure is not null)
    { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    sealed class Plan(string method, FieldText address, ImmutableArray<(string Name, FieldText Value, string? Secret)> headers, FieldJson? body, bool sendsBody, string? signWith, Duration expiresAfter, string? into, bool branches) : PlanPoint
    {
        bool Waits => branches || into is not null;

        public override string? AnswerInto => into;

        public override Dependencies Hears { get; } = branches || into is not null ? Dependencies.None with { Messages = true } : Dependencies.None;

        public override Move Enter(StepContext context)
        {
            var (enrolment, now) = (context.Enrolment, context.Now);
            var request = Filled(context);
            var url = new Uri(request.Url);
            var skip = request.Body.Length > BodyBytesMax ? "too-large" : null;
            context.Do(new Effect.Message(new(
                KeyOf(context, Id), enrolment.Id, enrolment.Journey, enrolment.Version, Id, context.Visit,
                Channel, url.Host, "", MessagePurpose.Transactional, $"{method} {url.GetLeftPart(UriPartial.Path)}",
                DecidedAt: now, NotBefore: null, (now + expiresAfter).Truncate(), skip)
            { Request = request }));
            if (skip is not null)
                context.Note(0, skip);
            return !Waits ? Move.Follow(0) : skip is not null ? Failed(branches) : Move.WaitFor(new(null, TimerQueue.Elapsed, "webhook"));
        }

        public override Move Resume(StepContext context, Stimulus stimulus) => Settled(context, Id, branches);

        WebRequest Filled(StepContext context)
        {
            var fields = context.Fields;
            var filled = ImmutableArray.CreateBuilder<WebHeader>(headers.Length);
            foreach (var (name, value, secret) in headers)
                filled.Add(new(name, Lines.Plain(value.Fill(fields)), secret));
            var sent = !sendsBody ? ReadOnlyMemory<byte>.Empty : body is not null ? body.Fill(fields) : WebhookBody.Of(context, Id);
            return new(method, address.Fill(fields, Escaped), filled.MoveToImmutable(), sent, signWith, into is not null);
        }
    }
}

/// <summary>How a receiver is asked.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<WebhookMethod>))]
public enum WebhookMethod
{
    Post,
    Put,
    Patch,
    Get,
    Delete,
}

/// <summary>A header of a webhook.</summary>
public sealed record WebhookHeader
{
    [Description("Its name.")]
    public required string Name { get; init; }

    [Description("Its value; fields stand in double braces. With a secret, what stands before it: Bearer and a space.")]
    public string? Value { get; init; }

    [Description("The name of a stored secret that follows the value, so that no secret stands in the journey.")]
    public string? Secret { get; init; }
}
