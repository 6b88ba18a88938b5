using System.Collections.Concurrent;
using System.Text.Json;
using Parcours.Engine;
using Parcours.Engine.Ports;
using Parcours.Security;

namespace Parcours.Hooks;

/// <summary>The incoming webhooks of this installation: documents of kind <c>hook</c>, and one of kind <c>hook-token</c> for each address, whose id is the hash of the secret in it.</summary>
sealed class HookShelf(IEngine engine, HookBoard board, TimeProvider time)
{
    internal const string Kind = "hook", TokenKind = "hook-token";

    // Another node may change a hook; until it is looked up again it is as it was.
    static readonly TimeSpan HoldFor = TimeSpan.FromSeconds(5);
    readonly ConcurrentDictionary<string, (string Name, Hook Hook, long Until)> _held = new(StringComparer.Ordinal);

    /// <summary>The hook whose address ends in this secret; null: there is none.</summary>
    public async ValueTask<(string Name, Hook Hook)?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length is < 20 or > 200)
            return null;
        var hash = Secrets.Hash(token);
        var now = time.GetTimestamp();
        if (_held.TryGetValue(hash, out var held) && now < held.Until)
            return (held.Name, held.Hook);
        _held.TryRemove(hash, out _);
        if (await engine.Queries.DocumentAsync(TokenKind, hash, cancellationToken) is not { } leads || JsonSerializer.Deserialize<string>(leads.Json.Span) is not { } name
            || await engine.Queries.DocumentAsync(Kind, name, cancellationToken) is not { } document || Read(document) is not { } hook || hook.TokenHash != hash)
            return null;
        _held[hash] = (name, hook, now + (long)(HoldFor.TotalSeconds * time.TimestampFrequency));
        return (name, hook);
    }

    /// <param name="expected">0: it must be new; null: whatever is there.</param>
    /// <returns>The document, with the token where one was made; no document: somebody else was faster, and <c>Current</c> is there now.</returns>
    public Task<(Document? Document, string? Token, Document? Current)> SaveAsync(string name, string? title, HookMapping mapping, HookSignature? signature, long? expected, CancellationToken cancellationToken) =>
        WriteAsync(name, expected, before => before is null ? New(title, mapping, signature) : (before with { Title = title, Mapping = mapping, Signature = signature }, null), cancellationToken);

    /// <summary>Another address: the one before leads nowhere from now on.</summary>
    public async Task<(Document Document, string Token)?> RotateAsync(string name, CancellationToken cancellationToken) =>
        await WriteAsync(name, null, before => before is null ? null : New(before.Title, before.Mapping, before.Signature), cancellationToken) is ({ } document, { } token, _) ? (document, token) : null;

    public async Task<(bool Deleted, Document? Current)> DeleteAsync(string name, long? expected, CancellationToken cancellationToken)
    {
        var answer = await engine.WriteAsync(async (unit, _) =>
        {
            if (await unit.ReadDocumentAsync(Kind, name, cancellationToken) is not { } document)
                return (false, null);
            if (expected is { } revision && revision != document.Revision)
                return (false, document);
            await unit.DeleteDocumentAsync(TokenKind, Read(document).TokenHash, null, cancellationToken);
            return (await unit.DeleteDocumentAsync(Kind, name, null, cancellationToken), (Document?)null);
        }, cancellationToken);
        _held.Clear();
        if (answer.Item1)
            board.Forget(name);
        return answer;
    }

    public static Hook Read(Document document) => JsonSerializer.Deserialize(document.Json.Span, HookJson.Default.Hook)!;

    async Task<(Document?, string?, Document?)> WriteAsync(string name, long? expected, Func<Hook?, (Hook Hook, string? Token)?> change, CancellationToken cancellationToken)
    {
        var answer = await engine.WriteAsync<(Document?, string?, Document?)>(async (unit, now) =>
        {
            var document = await unit.ReadDocumentAsync(Kind, name, cancellationToken);
            if (expected is { } revision && revision != (document?.Revision ?? 0))
                return (null, null, document);
            var before = document is null ? null : Read(document);
            if (change(before) is not { } made)
                return (null, null, document);
            if (made.Token is not null)
            {
                if (before is not null)
                    await unit.DeleteDocumentAsync(TokenKind, before.TokenHash, null, cancellationToken);
                await unit.WriteDocumentAsync(TokenKind, made.Hook.TokenHash, JsonSerializer.SerializeToUtf8Bytes(name), 0, now, cancellationToken);
            }

            var written = await unit.WriteDocumentAsync(Kind, name, JsonSerializer.SerializeToUtf8Bytes(made.Hook, HookJson.Default.Hook), null, now, cancellationToken);
            return (written, made.Token, null);
        }, cancellationToken);
        _held.Clear();
        return answer;
    }

    static (Hook, string?)? New(string? title, HookMapping mapping, HookSignature? signature)
    {
        var token = Secrets.New("wh_");
        return (new Hook(title, mapping, signature, Secrets.Hash(token), token[^4..]), token);
    }
}
