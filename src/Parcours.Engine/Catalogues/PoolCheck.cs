using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Parcours.Engine.Allocators;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Definitions.Json;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Catalogues;

/// <summary>Reads a pool of codes and tells every problem of it; codes <c>catalogue.pool-*</c>.</summary>
static class PoolCheck
{
    public static CouponPool? Read(string id, ReadOnlyMemory<byte> json, List<Problem> problems)
    {
        if (Record(id, json, problems) is not { } record)
            return null;
        if (record.Pattern is { } pattern && CouponPattern.Parse(pattern) is null)
            problems.Add(CatalogueCheck.Error("catalogue.pool-pattern", "/pattern",
                $"A pattern has letters, digits, - _ and . beside # (a digit), ? (a letter) and * (either), {CouponPattern.PlacesMax} of those at most, and enough of them for {CouponPattern.CodesLeast:N0} codes, such as SPRING-*****."));
        if (record.WarnBelow is < 0 or > CouponPool.StockMax)
            problems.Add(CatalogueCheck.Error("catalogue.pool-warn", "/warnBelow", "Say below how many codes somebody is told: a whole number; 0 for never."));
        Instant? at = null;
        if (record.ExpiresAt is { } until)
            if (OffsetDateTimePattern.ExtendedIso.Parse(until) is { Success: true } parsed)
                at = parsed.Value.ToInstant();
            else
                problems.Add(CatalogueCheck.Error("catalogue.pool-expires", "/expiresAt", "Say until when codes are good: a date and time such as 2026-12-31T23:00:00Z."));
        Duration? after = null;
        if (record.ExpiresAfter is { } length)
            if (IsoDuration.TryParse(length, out var duration) && duration >= Duration.FromMinutes(1) && duration <= CheckContext.WaitMax)
                after = duration;
            else
                problems.Add(CatalogueCheck.Error("catalogue.pool-expires", "/expiresAfter", "Say how long a code is good: an ISO 8601 duration from PT1M to five years, such as P30D."));
        return problems.Count > 0 ? null : new(id, record.Pattern, record.Secret, record.Stock, record.WarnBelow, at, after);
    }

    public static PoolRecord? Record(string id, ReadOnlyMemory<byte> json, List<Problem> problems)
    {
        try
        {
            var record = JsonSerializer.Deserialize(json.Span, CatalogueJson.Default.PoolRecord) ?? throw new JsonException();
            if (id.Length is 0 or > 100 || id.Any(char.IsControl) || (record.Name ?? id) != id)
                problems.Add(CatalogueCheck.Error("catalogue.name", "/name", "A name has 1 to 100 characters and no control characters, and is the one in the address."));
            return record;
        }
        catch (JsonException malformed)
        {
            problems.Add(CatalogueCheck.Error("json.malformed", malformed.Path ?? "", "This is no pool of codes."));
            return null;
        }
    }
}
