using System.Text.Json;
using Parcours.Http;
using Parcours.Security;

namespace Parcours.Api;

/// <summary>Who has which draft open at this moment: as long as their line for it is. Nothing of it is kept; nodes pass requests on to the one that leads, so there it is known of all.</summary>
sealed class DraftReaders(TimeProvider time)
{
    readonly Lock _lock = new();
    readonly Dictionary<string, List<Reader>> _byJourney = new(StringComparer.Ordinal);

    sealed record Reader(string User, string Email, string? Name, DateTimeOffset Since);

    /// <returns>Dispose of it when they leave.</returns>
    public IDisposable Enter(string journey, User user)
    {
        var reader = new Reader(user.Id, user.Email, user.Name, time.GetUtcNow());
        lock (_lock)
        {
            if (!_byJourney.TryGetValue(journey, out var readers))
                _byJourney[journey] = readers = [];
            readers.Add(reader);
        }

        return new Leaving(() => Leave(journey, reader));
    }

    void Leave(string journey, Reader reader)
    {
        lock (_lock)
            if (_byJourney.TryGetValue(journey, out var readers) && readers.RemoveAll(one => ReferenceEquals(one, reader)) > 0 && readers.Count == 0)
                _byJourney.Remove(journey);
    }

    /// <summary>The longest there first; who has it open in several windows stands there once.</summary>
    public IReadOnlyList<DraftReaderView> Of(string journey)
    {
        lock (_lock)
            return _byJourney.TryGetValue(journey, out var readers) ? [.. readers.DistinctBy(static reader => reader.User).Select(static reader => new DraftReaderView(reader.Email, reader.Name, reader.Since))] : [];
    }

    public LiveEvent EventOf(string journey)
    {
        var data = JsonSerializer.SerializeToUtf8Bytes(Of(journey), ApiJson.Options);
        return new("readers", data, data);
    }

    sealed class Leaving(Action leave) : IDisposable
    {
        Action? _leave = leave;

        public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
    }
}

/// <param name="Since">When they opened it.</param>
sealed record DraftReaderView(string Email, string? Name, DateTimeOffset Since);
