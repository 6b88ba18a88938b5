namespace Parcours.Engine.Ports;

/// <summary>Asks the stored body of a contact; the bytes are gone afterwards.</summary>
public delegate bool ContactTest(ReadOnlySpan<byte> body);

/// <summary>A stretch of contacts, looked through.</summary>
/// <param name="Looked">How many were looked at.</param>
/// <param name="Next">Where to go on: the number of the contact looked at last; null: there are no more.</param>
public sealed record ContactScan(IReadOnlyList<ContactBody> Found, int Looked, long? Next);
