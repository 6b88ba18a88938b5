using System.Text;
using NodaTime;
using Parcours.Channels.Webhooks;
using Parcours.Configuration;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Engine.Time;
using Parcours.Journeys.Contacts;
using Parcours.Security;
using Parcours.Testing;
using Parcours.Tests.Api;
using Parcours.Webhooks;

namespace Parcours.Tests.Security;

/// <summary>Secrets that must be readable lie sealed in the database, and the key lies elsewhere (docs/decisions/0022).</summary>
public sealed class SealingTests : IDisposable
{
    static readonly SealingKeys Old = new([[.. Enumerable.Repeat((byte)1, 32)]]), New = new([[.. Enumerable.Repeat((byte)2, 32)], [.. Enumerable.Repeat((byte)1, 32)]]), Other = new([[.. Enumerable.Repeat((byte)3, 32)]]);
    static CancellationToken Cancel => TestContext.Current.CancellationToken;
    readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_sealed_opens_in_its_place_alone_and_never_looks_the_same_twice()
    {
        var stored = Old.Seal("t0ken", "secret/crm");

        Assert.Equal("t0ken", Old.Open(stored, "secret/crm"));
        Assert.Equal("t0ken", New.Open(stored, "secret/crm"));
        Assert.Null(Old.Open(stored, "secret/other"));
        Assert.Null(Other.Open(stored, "secret/crm"));
        Assert.Null(SealingKeys.None.Open(stored, "secret/crm"));
        Assert.Null(Old.Open(stored[..^4] + "AAA=", "secret/crm"));
        Assert.Null(Old.Open(SealingKeys.Prefix + "nonsense", "secret/crm"));
        Assert.NotEqual(stored, Old.Seal("t0ken", "secret/crm"));
        Assert.Equal("plain", Old.Open("plain", "secret/crm"));
    }

    [Fact]
    public void The_first_start_makes_a_key_that_its_owner_alone_can_read()
    {
        var made = SealingKeys.Of(null, _folder.Path, ownFolder: true);
        var file = Path.Combine(_folder.Path, SealingKeys.FileName);

        Assert.True(made.Seals);
        Assert.Equal("x", SealingKeys.Of(null, _folder.Path, ownFolder: true).Open(made.Seal("x", "a"), "a"));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.False(SealingKeys.Of(null, _folder.Path, ownFolder: false).Seals);
        Assert.Throws<SettingException>(() => SealingKeys.Of(Path.Combine(_folder.Path, "none"), _folder.Path, ownFolder: true));
        File.WriteAllText(file, "c2hvcnQ=\n");
        Assert.Throws<SettingException>(() => SealingKeys.Of(null, _folder.Path, ownFolder: true));
    }

    [Fact]
    public async Task What_lay_as_it_was_is_sealed_at_the_start_and_sealed_anew_when_the_key_changes()
    {
        await using var store = await TestStore.OpenAsync(_folder.Path, new VirtualClock(Instant.FromUtc(2026, 3, 2, 9, 0)));
        var plain = await StoredSecrets.OfAsync(store, SealingKeys.None, Cancel);
        var signing = (await plain.ReadSigningAsync(Cancel))!.Current;
        var user = new User("ada@example.org", UserRole.Admin, null, "stamp", default) { SecondFactor = new("JBSWY3DPEHPK3PXP", true, 0, []) };
        await using (var unit = await store.BeginAsync(PartitionSet.None, Cancel))
        {
            await plain.WriteAsync(unit, "crm", "t0ken", Instant.FromUtc(2026, 3, 2, 9, 0), Cancel);
            await unit.WriteDocumentAsync(Users.Kind, "ada", Users.Write(user), 0, Instant.FromUtc(2026, 3, 2, 9, 0), Cancel);
            await unit.CommitAsync(Cancel);
        }

        Assert.Contains("t0ken", await AllAsync(store), StringComparison.Ordinal);
        foreach (var keys in (SealingKeys[])[Old, New])
        {
            Assert.Equal(0, await Sealing.RunAsync(store, keys, Cancel));

            var lies = await AllAsync(store);
            Assert.DoesNotContain("t0ken", lies, StringComparison.Ordinal);
            Assert.DoesNotContain(signing, lies, StringComparison.Ordinal);
            Assert.DoesNotContain("JBSWY3DPEHPK3PXP", lies, StringComparison.Ordinal);
            Assert.Equal("t0ken", await new StoredSecrets(store.Queries, keys).FindAsync("crm", Cancel));
            Assert.Equal([signing], await new StoredSecrets(store.Queries, keys).SigningAsync(Cancel));
        }

        var settled = await AllAsync(store);
        Assert.Equal(0, await Sealing.RunAsync(store, New, Cancel));
        Assert.Equal(settled, await AllAsync(store));
        // The old key has sealed nothing that is left.
        Assert.Equal(3, await Sealing.RunAsync(store, Old, Cancel));
        await Assert.ThrowsAsync<SealedSecretException>(async () => await new StoredSecrets(store.Queries, Old).FindAsync("crm", Cancel));
        await Assert.ThrowsAsync<SealedSecretException>(async () => await new StoredSecrets(store.Queries, Old).SigningAsync(Cancel));
        Assert.Equal(settled, await AllAsync(store));
    }

    static async Task<string> AllAsync(IStore store)
    {
        var all = new StringBuilder();
        foreach (var kind in (string[])[DocumentKinds.Secret, StoredSecrets.SettingKind, Users.Kind])
            foreach (var document in await store.Queries.DocumentsAsync(kind, null, null, 100, Cancel))
                all.Append(Encoding.UTF8.GetString(document.Json.Span)).Append('\n');
        return all.ToString().Replace("\\u002B", "+", StringComparison.Ordinal);
    }
}
