using Parcours.Bench.Reference;
using Parcours.Engine.Ports;

namespace Parcours.Bench.Engine;

/// <summary>Takes every mail at once and counts, by the number of its contact, how many came.</summary>
sealed class CountingChannel : IChannel
{
    int[] _mails = [];
    int _wrong;

    public string Name => "email";
    public bool IsIdempotent => false;

    /// <summary>Mails whose address is not that of the contact who came with them.</summary>
    public int Wrong => Volatile.Read(ref _wrong);

    /// <summary>Makes room for contacts below a number, and forgets what came.</summary>
    public void Expect(long contacts) => _mails = new int[contacts];

    public int Of(long number) => Volatile.Read(ref _mails[number]);

    public ValueTask<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        var number = People.NumberIn(message.Row.Address);
        if (message.Contact.Property("first_name").AsText != $"First{number}")
            Interlocked.Increment(ref _wrong);
        Interlocked.Increment(ref _mails[number]);
        return new(new SendResult(SendOutcome.Sent));
    }
}
