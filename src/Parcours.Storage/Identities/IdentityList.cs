using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Parcours.Journeys.Contacts;

namespace Parcours.Storage.Identities;

/// <summary>Identities in a column: their number, then kind, length and value of each.</summary>
static class IdentityList
{
    public static void Write(IBufferWriter<byte> to, IReadOnlyCollection<Identity> identities)
    {
        BinaryPrimitives.WriteInt32LittleEndian(to.GetSpan(4), identities.Count);
        to.Advance(4);
        foreach (var identity in identities)
        {
            var length = Encoding.UTF8.GetByteCount(identity.Value);
            var span = to.GetSpan(5 + length);
            span[0] = (byte)identity.Kind;
            BinaryPrimitives.WriteInt32LittleEndian(span[1..], length);
            Encoding.UTF8.GetBytes(identity.Value, span[5..]);
            to.Advance(5 + length);
        }
    }

    /// <summary>Reads one list and moves on to what follows it.</summary>
    public static List<Identity> Read(ref ReadOnlySpan<byte> from)
    {
        var count = BinaryPrimitives.ReadInt32LittleEndian(from);
        from = from[4..];
        var identities = new List<Identity>(count);
        for (var i = 0; i < count; i++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(from[1..]);
            identities.Add(new Identity((IdentityKind)from[0], Encoding.UTF8.GetString(from.Slice(5, length))));
            from = from[(5 + length)..];
        }

        return identities;
    }
}
