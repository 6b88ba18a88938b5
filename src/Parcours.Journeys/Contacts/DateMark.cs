using NodaTime;

namespace Parcours.Journeys.Contacts;

/// <summary>Where a contact stands with the date of one starting point (Semantics 6.11, 8.5).</summary>
/// <param name="Rule">By which rule it was reckoned.</param>
/// <param name="Due">When its moment comes; null: none is ahead.</param>
/// <param name="Day">The local day that <paramref name="Due"/> stands for.</param>
/// <param name="Last">The day that came last: it does not come a second time, wherever the contact has moved since.</param>
public readonly record struct DateMark(uint Rule, Instant? Due, LocalDate? Day, LocalDate? Last)
{
    public bool IsEmpty => Due is null && Last is null;
}
