using System.Collections.Frozen;
using System.ComponentModel;
using System.Text;
using System.Text.Json;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;
using Parcours.Journeys.Texts;

namespace Parcours.Journeys.Points;

/// <summary>An action that the installation has declared: sent as a webhook is, at least once (Semantics 5.4). Where it has outputs, or a branch on failure, the contact waits here for what becomes of it (10.5).</summary>
[Description("An action that the installation has declared, with the inputs that it asks for; what it gives back is kept in the journey's data.")]
public sealed record CustomActionPoint : StraightPoint
{
    [Description("The name of the action, as it is declared under Settings.")]
    public required string Action { get; init; }

    [Description("What it asks for, by name: a text that may hold fields, a number, true or false. What is left away takes the action's default.")]
    public IReadOnlyDictionary<string, JsonElement>? Inputs { get; init; }

    [Description("The name under which its outputs are kept in the journey's data: name.status, name.OUTPUT. Without it, the action's name.")]
    public string? Into { get; init; }

    [Description("How long it is tried, from the arrival here: ISO 8601. Without it, P3D.")]
    public Duration? ExpiresAfter { get; init; }

    [Description("Where the contact goes when it failed for good; it waits here until that is known. Without it, a failure changes nothing.")]
    public string? OnFailure { get; init; }

    public override IEnumerable<PointExit> Exits() => OnFailure is null ? base.Exits() : [.. base.Exits(), new("failure", OnFailure, "onFailure")];

    protected internal override bool SendsMessages => true;

    public override string Explain() => $"does {Action}";

    protected internal override void Check(CheckContext check)
    {
        check.Named(Action, "action");
        check.Uses(UsedKind.Action, Action);
        if (ExpiresAfter is { } expires)
            check.Wait(expires, "expiresAfter");
        if (Into is { } into && !WebhookPoint.IsName(into))
            check.Error(ProblemCodes.WebhookInto, "into", "The name has letters, digits, - and _ alone: conditions ask for name.status and name.OUTPUT.");
        foreach (var (name, value) in Inputs ?? new Dictionary<string, JsonElement>())
            if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False))
                check.Error(ProblemCodes.ActionInputType, $"inputs/{name}", "An input is a text, a number, true or false.", ("name", name));
            else if (value.ValueKind == JsonValueKind.String)
                check.Fields(value.GetString()!, $"inputs/{name}");
        if (string.IsNullOrWhiteSpace(Action) || check.References is AnyReferences)
            return;
        if (check.References.Action(Action) is not { } action)
            check.Error(ProblemCodes.ActionMissing, "action", $"There is no action '{Action}'; declare it under Settings, Actions, or name another.", ("name", Action));
        else
            CheckInputs(check, action);
    }

    void CheckInputs(CheckContext check, CustomAction action)
    {
        foreach (var (name, value) in Inputs ?? new Dictionary<string, JsonElement>())
            if (action.Inputs.FirstOrDefault(input => input.Name == name) is not { } input)
                check.Error(ProblemCodes.ActionInputUnknown, $"inputs/{name}", $"The action '{Action}' has no input '{name}'.", ("name", name));
            else if (!Fits(input, value))
                check.Error(ProblemCodes.ActionInputType, $"inputs/{name}", $"The input '{name}' is of type {input.Type.ToString().ToLowerInvariant()}.", ("name", name));
        foreach (var input in action.Inputs)
            if (input is { Required: true, Default: null } && (Inputs?.TryGetValue(input.Name, out var said) != true || said is { ValueKind: JsonValueKind.String } && said.GetString()!.Length == 0))
                check.Error(ProblemCodes.ActionInputMissing, $"inputs/{input.Name}", $"The action '{Action}' needs the input '{input.Name}'.", ("name", input.Name));
    }

    /// <summary>A text that has fields is judged when it is filled.</summary>
    public static bool Fits(ActionInput input, JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString()!.Contains("{{", StringComparison.Ordinal) || input.Type switch
    {
        ActionInputType.Number => value.ValueKind == JsonValueKind.Number,
        ActionInputType.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        ActionInputType.Choice => value.ValueKind == JsonValueKind.String && input.Choices.Contains(value.GetString()!),
        _ => value.ValueKind == JsonValueKind.String,
    };

    protected internal override PlanPoint Compile(CompileContext compile) => new Plan(
        Action, (Inputs ?? new Dictionary<string, JsonElement>()).ToFrozenDictionary(input => input.Key, input => FieldJson.TryParse(input.Value, out var problem) ?? throw new InvalidOperationException(problem), StringComparer.Ordinal),
        ExpiresAfter ?? SendEmailPoint.ExpiresAfterDefault, Into ?? Action, OnFailure is not null)
    { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };

    sealed class Plan(string action, FrozenDictionary<string, FieldJson> inputs, Duration expiresAfter, string into, bool branches) : PlanPoint
    {
        public override string? AnswerInto => into;

        public override ReadOnlyMemory<byte> Kept(Catalogue catalogue, ReadOnlyMemory<byte> answer) => catalogue.Actions.GetValueOrDefault(action)?.Read(answer) ?? answer;

        // Whether it has outputs is the declaration's to say, and that may change while somebody waits.
        public override Dependencies Hears { get; } = Dependencies.None with { Messages = true };

        public override Move Enter(StepContext context)
        {
            if (context.Catalogue.Actions.GetValueOrDefault(action) is not { } declared)
            {
                // Nobody can take away what a live journey uses; a copy of a database may lack it.
                context.Note(0, "unknown-action");
                return WebhookPoint.Failed(branches);
            }

            var (enrolment, now) = (context.Enrolment, context.Now);
            var request = declared.Ask(context.Contact, context.Plan.Definition.Name, Said(declared, context.Fields));
            var url = new Uri(request.Url);
            var skip = request.Body.Length > WebhookPoint.BodyBytesMax ? "too-large" : null;
            context.Do(new Effect.Message(new(
                WebhookPoint.KeyOf(context, Id), enrolment.Id, enrolment.Journey, enrolment.Version, Id, context.Visit,
                WebhookPoint.Channel, url.Host, "", MessagePurpose.Transactional, $"{declared.Title}: {declared.MethodName} {url.GetLeftPart(UriPartial.Path)}",
                DecidedAt: now, NotBefore: null, (now + expiresAfter).Truncate(), skip)
            { Request = request }));
            if (skip is not null)
                context.Note(0, skip);
            return !branches && declared.Outputs.IsEmpty ? Move.Follow(0) : skip is not null ? WebhookPoint.Failed(branches) : Move.WaitFor(new(null, TimerQueue.Elapsed, "webhook"));
        }

        public override Move Resume(StepContext context, Stimulus stimulus) => WebhookPoint.Settled(context, Id, branches);

        /// <summary>The inputs as they are sent, the defaults among them.</summary>
        ReadOnlyMemory<byte> Said(CustomAction declared, in FieldValues fields)
        {
            var buffer = new System.Buffers.ArrayBufferWriter<byte>(128);
            using (var to = new Utf8JsonWriter(buffer, new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                to.WriteStartObject();
                foreach (var input in declared.Inputs)
                    if (inputs.TryGetValue(input.Name, out var said) && said.Fill(fields) is var filled && !IsNothing(filled.Span))
                    {
                        to.WritePropertyName(input.Name);
                        to.WriteRawValue(filled.Span);
                    }
                    else if (input.Default is { } usual)
                    {
                        to.WritePropertyName(input.Name);
                        usual.WriteTo(to);
                    }

                to.WriteEndObject();
            }

            return buffer.WrittenMemory;
        }

        /// <summary>A field that is not there, or an empty text: the default holds.</summary>
        static bool IsNothing(ReadOnlySpan<byte> json) => json.SequenceEqual("null"u8) || json.SequenceEqual("\"\""u8);
    }
}
