namespace Parcours.Storage.Postgres;

/// <summary>Numbers for new contacts, taken from the database as they are needed. What a unit took and gave back, because it made fewer contacts or none, serves the next one.</summary>
sealed class ContactNumbers(TimeProvider time)
{
    // Older contacts have smaller numbers (Semantics 4.4): what lay here while other nodes went on is no longer used.
    static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(5);
    readonly Lock _lock = new();
    readonly SortedSet<long> _back = [];
    long _returned;

    public async ValueTask<Queue<long>> TakeAsync(UnitConnection connection, int count, CancellationToken cancellationToken)
    {
        var mine = new Queue<long>(count);
        lock (_lock)
        {
            if (time.GetElapsedTime(_returned) > GoodFor) _back.Clear();
            while (mine.Count < count && _back.Count > 0)
            {
                mine.Enqueue(_back.Min);
                _back.Remove(_back.Min);
            }
        }

        if (mine.Count == count) return mine;
        await connection.ReadAsync([Commands.Query("reserve_contacts").With(count - mine.Count)], [row => mine.Enqueue(row.GetInt64(0))], cancellationToken);
        return mine;
    }

    /// <summary>No contact has them, and none will by the transaction that took them.</summary>
    public void Return(IReadOnlyCollection<long> numbers)
    {
        if (numbers.Count == 0) return;
        lock (_lock)
        {
            _back.UnionWith(numbers);
            _returned = time.GetTimestamp();
        }
    }
}
