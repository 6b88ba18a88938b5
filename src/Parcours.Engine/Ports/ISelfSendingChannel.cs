namespace Parcours.Engine.Ports;

/// <summary>
/// A channel whose senders are its own threads: in real time the engine does not call <see cref="IChannel.SendAsync"/> but lets them fetch what they can send at once.
/// For providers where a blocking thread a connection is the cheapest way, as with SMTP.
/// </summary>
public interface ISelfSendingChannel : IChannel
{
    /// <summary>Called once, before the first message.</summary>
    void Start(IHandOver handOver);

    /// <summary>On so many partitions of all this process works from now on: of what the provider allows to the installation it has that part (Semantics 10.7). Called from any thread.</summary>
    void ShareIs(int partitions) { }

    /// <summary>
    /// The engine stops, and <see cref="IHandOver.Take"/> gives nothing any more. Finishes what was begun, or gives it up after a moment; nothing is settled after this has ended.
    /// </summary>
    Task StopAsync();
}
