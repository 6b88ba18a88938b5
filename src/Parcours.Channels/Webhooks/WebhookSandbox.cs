using Parcours.Engine.Ports;

namespace Parcours.Channels.Webhooks;

/// <summary>By a test clock and in the demo nothing leaves: whatever is asked counts as taken, and answers with its status alone.</summary>
public sealed class WebhookSandbox : IChannel
{
    public string Name => "webhook";

    public bool IsIdempotent => true;

    public ValueTask<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken) =>
        new(new SendResult(SendOutcome.Sent) { Answer = message.Request?.WantsAnswer == true ? WebhookAnswer.Of(200, null) : default });
}
