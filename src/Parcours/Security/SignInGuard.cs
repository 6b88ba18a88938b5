using System.Collections.Concurrent;

namespace Parcours.Security;

/// <summary>Locks out who guesses passwords: by account, by address, and by both together. Kept in memory: a restart forgives.</summary>
/// <remarks>The pair locks first, so that a stranger cannot easily lock a person out of their own account from elsewhere.</remarks>
public sealed class SignInGuard(TimeProvider time)
{
    const int PairMax = 5;
    const int AddressMax = 20;
    const int AccountMax = 50;
    const int HeldMax = 100_000;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    readonly ConcurrentDictionary<string, (int Failures, DateTimeOffset Since)> _failures = new(StringComparer.Ordinal);

    /// <summary>Counts an attempt before it is judged, so that many at once gain nothing. False: locked out, do not even look at the password.</summary>
    public bool TryBegin(string account, string address)
    {
        if (Count(Pair(account, address)) >= PairMax || Count(Address(address)) >= AddressMax || Count(Account(account)) >= AccountMax)
            return false;
        if (_failures.Count > HeldMax)
            foreach (var (key, held) in _failures)
                if (Over(held.Since))
                    _failures.TryRemove(key, out _);
        foreach (var key in new[] { Pair(account, address), Address(address), Account(account) })
            _failures.AddOrUpdate(key, _ => (1, time.GetUtcNow()), (_, held) => Over(held.Since) ? (1, time.GetUtcNow()) : (held.Failures + 1, held.Since));
        return true;
    }

    /// <summary>A right password clears the pair and the account; the address keeps what else it has tried.</summary>
    public void Succeeded(string account, string address)
    {
        _failures.TryRemove(Pair(account, address), out _);
        _failures.TryRemove(Account(account), out _);
        _failures.AddOrUpdate(Address(address), _ => (0, time.GetUtcNow()), (_, held) => (Math.Max(0, held.Failures - 1), held.Since));
    }

    int Count(string key) => _failures.TryGetValue(key, out var held) && !Over(held.Since) ? held.Failures : 0;
    bool Over(DateTimeOffset since) => time.GetUtcNow() - since > Window;

    // Hashed, so that what is typed costs a fixed room and is not kept.
    static string Pair(string account, string address) => "b" + Secrets.Hash(account.Trim().ToUpperInvariant() + "\n" + address);
    static string Address(string address) => "a" + address;
    static string Account(string account) => "u" + Secrets.Hash(account.Trim().ToUpperInvariant());
}
