using System.ComponentModel;
using System.Text.Json.Serialization;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Definitions.Json;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Points;

/// <summary>Subscribes the contact to a topic, or unsubscribes it (Semantics 2.5, 10.3).</summary>
[Description("Subscribes the contact to a topic of a channel, or unsubscribes it.")]
public sealed record SetConsentPoint : StraightPoint
{
    [Description("The topic's name; or * for all topics of the channel.")]
    public required string Topic { get; init; }

    [Description("The channel; e-mail without it.")]
    public string? Channel { get; init; }

    [Description("given subscribes, refused unsubscribes.")]
    public required ConsentChoice State { get; init; }

    public override string Explain() => State == ConsentChoice.Given ? $"subscribes to {Topic}" : $"unsubscribes from {Topic}";

    protected internal override void Check(CheckContext check)
    {
        if (Topic != "*")
            check.Topic(Topic, "topic");
        // Consent is a person's word for one thing; for all at once it can only be withdrawn.
        else if (State == ConsentChoice.Given)
            check.Error(ProblemCodes.ConsentAll, "topic", "Name the topic: consent to all of them at once is none.");
        if (Channel is { } channel && channel is not ("email" or "sms" or "whatsapp"))
            check.Error(ProblemCodes.FieldUnreadable, "channel", $"'{channel}' is none of email, sms, whatsapp.", ("value", channel), ("known", "email, sms, whatsapp"));
    }

    protected internal override PlanPoint Compile(CompileContext compile) =>
        new EditPlan(new ContactEdit.SetConsent(Channel ?? "email", Topic, State == ConsentChoice.Given ? ConsentState.Given : ConsentState.Refused)) { Id = compile.Id, Index = compile.Index, Edges = compile.Edges };
}

/// <summary>What an author can say of consent.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ConsentChoice>))]
public enum ConsentChoice
{
    Given,
    Refused,
}
