using Parcours.Contacts;
using Parcours.Engine;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Journeys.Contacts;

namespace Parcours.Api;

/// <summary>Pages of a journey's enrolments with their contacts: who waits at a point, who failed. With a search a page may be short and still have a next.</summary>
/// <typeparam name="TView">What is told of one.</typeparam>
/// <typeparam name="TAfter">The place after which a page begins.</typeparam>
sealed record EnrolmentPages<TView, TAfter>(IEngine Engine, TimeProvider Time, Mask Mask)
{
    const int LookAtOnce = 500;
    static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);

    public required Func<TAfter, int, ValueTask<IReadOnlyList<EnrolmentRow>>> Read { get; init; }
    public required Func<EnrolmentRow, TAfter> PlaceOf { get; init; }
    public required Func<TAfter, string?> Cursor { get; init; }
    public required Func<EnrolmentRow, Contact, TView> View { get; init; }

    /// <param name="search">Beginnings of names; null: everybody.</param>
    public async Task<Page<TView>> PageAsync(TAfter after, int size, string? search, CancellationToken cancellationToken)
    {
        var (words, began, views) = (ContactWords.Of(search), Time.GetTimestamp(), new List<TView>());
        var look = words is null ? size + 1 : LookAtOnce;
        while (true)
        {
            var rows = await Read(after, look);
            var contacts = await Engine.ContactsAsync(rows.Select(static row => row.Contact), cancellationToken);
            foreach (var row in rows)
            {
                if (views.Count == size)
                    return new(views, Cursor(after));
                if (contacts.TryGetValue(row.Contact, out var contact) && words?.Find(contact, Mask.Shows) != false)
                    views.Add(View(row, contact));
                after = PlaceOf(row);
            }

            if (rows.Count < look)
                return new(views, null);
            if (words is null || Time.GetElapsedTime(began) > Budget)
                return new(views, Cursor(after));
        }
    }
}
