using NodaTime;

namespace Parcours.Api;

/// <summary>Instants at the edge: RFC 3339 in UTC, to the microsecond.</summary>
static class Times
{
    public static DateTimeOffset ToApi(this Instant instant) => instant.ToDateTimeOffset();
    public static DateTimeOffset? ToApi(this Instant? instant) => instant?.ToDateTimeOffset();
    public static Instant ToInstant(this DateTimeOffset time) => Instant.FromDateTimeOffset(time);
}
