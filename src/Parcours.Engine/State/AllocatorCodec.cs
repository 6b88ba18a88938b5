using Parcours.Engine.Allocators;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.State;

/// <summary>The stored forms of allocators and of what they say.</summary>
public static class AllocatorCodec
{
    const byte Newest = 1;

    public static void Write(ByteWriter to, AllocatorAnswer answer)
    {
        to.Boolean(answer.Granted);
        to.OptionalText(answer.Value);
        to.OptionalInstant(answer.Expires);
    }

    public static AllocatorAnswer ReadAnswer(ref ByteReader from) => new(from.Boolean(), from.OptionalText(), from.OptionalInstant());

    public static byte[] Encode(AllocatorState state)
    {
        var to = new ByteWriter();
        to.Byte(Newest);
        to.Signed(state.Numbers);
        to.Signed(state.Refusals);
        to.Signed(state.Taken);
        to.Signed(state.Waiting);
        to.Instant(state.Last);
        to.Instant(state.Since);
        to.Boolean(state.Told);
        to.Count(state.Turns.Count);
        foreach (var (name, turn) in state.Turns)
        {
            to.Text(name);
            to.Signed(turn);
        }

        return to.ToArray();
    }

    public static AllocatorState Decode(ReadOnlySpan<byte> bytes)
    {
        var from = new ByteReader(bytes);
        from.Version(Newest);
        var state = new AllocatorState
        {
            Numbers = from.Signed(),
            Refusals = from.Signed(),
            Taken = from.Signed(),
            Waiting = from.Signed(),
            Last = from.Instant(),
            Since = from.Instant(),
            Told = from.Boolean(),
        };
        for (var count = from.Count(); count > 0; count--)
            state.Turns.Add(from.Text(), from.Signed());
        return state;
    }
}
