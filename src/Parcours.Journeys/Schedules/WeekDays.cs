using NodaTime;

namespace Parcours.Journeys.Schedules;

/// <summary>Some days of the week.</summary>
/// <param name="Bits">Monday is the lowest; stored so.</param>
public readonly record struct WeekDays(byte Bits)
{
    public static WeekDays All => new(0b111_1111);
    public static WeekDays Of(IEnumerable<IsoDayOfWeek> days) => new((byte)days.Aggregate(0, (bits, day) => bits | 1 << (int)day - 1));
    public bool IsNone => (Bits & All.Bits) == 0;
    public bool Contains(IsoDayOfWeek day) => (Bits >> (int)day - 1 & 1) != 0;
}
