using System.Text.Json;
using NodaTime;
using Parcours.Engine;
using Parcours.Http;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Points;

namespace Parcours.Contacts;

/// <summary>How many of a sample of those who may enter a journey now would go each way at a point.</summary>
/// <param name="Ways">By the places of the point's exits. Null: nobody can be asked ahead, for it hangs on what brings a contact in or happens inside, or what is asked has errors.</param>
/// <param name="Eligible">How many of those looked at may enter.</param>
/// <param name="Looked">Evenly over all contacts; all of them where <paramref name="All"/>.</param>
sealed record WayShares(IReadOnlyList<long>? Ways, long Eligible, long Looked, bool All, Instant AsOf)
{
    static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    /// <param name="mayEnter">Who is asked; null: everybody.</param>
    public static async Task<WayShares> OfAsync(IEngine engine, TimeProvider time, JourneyPoint point, Condition? mayEnter, long total, CancellationToken cancellationToken)
    {
        var (now, began) = (engine.Now, time.GetTimestamp());
        if (await WayOfAsync(engine, point, cancellationToken) is not { } wayOf || await JudgeAsync(engine, mayEnter, cancellationToken) is not (true, var eligible))
            return new(null, 0, 0, false, now);
        var (ways, looked, asked, all) = (new long[point.Exits().Count()], 0L, 0L, total <= ContactSample.Most);
        await foreach (var body in ContactSample.OfAsync(engine, total, cancellationToken))
        {
            // Contacts who keep too little are slow to ask: what has been looked at by then stands for the rest.
            if (looked > 0 && time.GetElapsedTime(began) > Budget)
            {
                all = false;
                break;
            }

            if (engine.Decode(body.Body.Span) is not { MergedInto: null, IsArchived: false } contact)
                continue;
            looked++;
            if (eligible is not null && !await eligible.HoldsAsync(contact, now, cancellationToken))
                continue;
            asked++;
            ways[await wayOf(contact, now)]++;
        }

        return new(ways, asked, looked, all, now);
    }

    /// <returns>The place of the exit by which a contact goes; null: that cannot be asked of a contact alone.</returns>
    static async ValueTask<Func<Contact, Instant, ValueTask<int>>?> WayOfAsync(IEngine engine, JourneyPoint point, CancellationToken cancellationToken)
    {
        if (point is SwitchPoint { Property: { Length: > 0 } property } byValue)
            return (contact, _) => ValueTask.FromResult(byValue.ExitOf(contact.Property(property)));
        if (point.Asked() is not { } asked)
            return null;
        var judges = new List<ContactJudge>();
        foreach (var condition in asked)
            if (await JudgeAsync(engine, condition, cancellationToken) is (true, { } judge))
                judges.Add(judge);
            else
                return null;
        return async (contact, now) =>
        {
            for (var place = 0; place < judges.Count; place++)
                if (await judges[place].HoldsAsync(contact, now, cancellationToken))
                    return place;
            return judges.Count;
        };
    }

    static async ValueTask<(bool CanBeAsked, ContactJudge? Judge)> JudgeAsync(IEngine engine, Condition? condition, CancellationToken cancellationToken)
    {
        if (condition is null)
            return (true, null);
        try
        {
            return (true, await ContactJudge.OfAsync(engine, JsonSerializer.Deserialize<JsonElement>(condition.ToJson()), "", cancellationToken));
        }
        catch (BadInputException)
        {
            return (false, null);
        }
    }
}
