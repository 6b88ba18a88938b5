namespace Parcours.Engine.Ports;

/// <summary>Where a channel that has senders of its own takes claimed messages from, and says what became of them. Safe on any thread.</summary>
public interface IHandOver
{
    /// <summary>Waits for the next message whose claim still holds (Semantics 10.3); null: none came, or the engine stops.</summary>
    /// <param name="patience">Zero: do not wait.</param>
    OutgoingMessage? Take(TimeSpan patience);

    /// <summary>Once for each message that was taken; if never, it is in doubt at the next start (Semantics 10.8).</summary>
    void Settle(OutgoingMessage message, SendResult result);
}
