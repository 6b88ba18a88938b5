using NodaTime;

namespace Parcours.Journeys.Plans;

/// <summary>A pool of codes, each of which is given to one contact.</summary>
/// <param name="Pattern">How codes are made: <c>#</c> a digit, <c>?</c> a letter, <c>*</c> either; null: they are uploaded.</param>
/// <param name="Secret">What makes the codes of a pattern hard to guess.</param>
/// <param name="Stock">How many were uploaded.</param>
/// <param name="WarnBelow">Somebody is told when fewer are left; 0: nobody.</param>
/// <param name="ExpiresAt">From then on none is given, and none is good.</param>
/// <param name="ExpiresAfter">How long a code is good from when it is given.</param>
public sealed record CouponPool(string Name, string? Pattern, string? Secret, long Stock, long WarnBelow, Instant? ExpiresAt, Duration? ExpiresAfter)
{
    /// <summary>As many as one pool holds.</summary>
    public const long StockMax = 5_000_000;

    /// <summary>Until when a code is good that is given now; null: nobody said.</summary>
    public Instant? ExpiryOf(Instant now) => ExpiresAfter is { } after && (ExpiresAt is not { } end || now + after < end) ? now + after : ExpiresAt;
}
