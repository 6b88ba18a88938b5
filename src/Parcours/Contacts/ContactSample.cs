using Parcours.Engine;
using Parcours.Engine.Ports;

namespace Parcours.Contacts;

/// <summary>Some contacts in the place of all: what is asked of people at once must cost the same with a thousand of them and with a million.</summary>
static class ContactSample
{
    public const int Most = 1_000;

    const int Stretches = 40;

    /// <summary>Spreads the stretches as it goes, so that whoever stops early has seen old and new contacts alike; coprime with their number.</summary>
    const int Stride = 17;

    /// <summary>All of them, or stretches that lie evenly between the oldest and the newest; tombstones of merged contacts included.</summary>
    public static async IAsyncEnumerable<ContactBody> OfAsync(IEngine engine, long total, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await engine.Queries.ContactsAsync(0, false, total <= Most ? Most : 1, cancellationToken) is not [var oldest, ..] first)
            yield break;
        if (total <= Most)
        {
            foreach (var body in first)
                yield return body;
            yield break;
        }

        var (from, to) = (oldest.Contact.Number, (await engine.Queries.ContactsAsync(long.MaxValue, true, 1, cancellationToken))[0].Contact.Number); // There is one, and none goes.
        for (var turn = 0; turn < Stretches; turn++)
        {
            var stretch = turn * Stride % Stretches;
            var after = from + (long)((to - from) * ((stretch + 0.5) / Stretches)) - Most / Stretches / 2;
            foreach (var body in await engine.Queries.ContactsAsync(Math.Max(after, 0), false, Most / Stretches, cancellationToken))
                yield return body;
        }
    }
}
