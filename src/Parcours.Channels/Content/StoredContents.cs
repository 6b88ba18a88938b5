using System.Collections.Concurrent;
using System.Globalization;
using Parcours.Engine.Ports;
using Parcours.Journeys.Definitions;

namespace Parcours.Channels.Content;

/// <summary>
/// The contents of the catalogue, each version compiled once. A mail costs no read: what was read stands until the catalogue's revision changes,
/// and is compiled anew only if the document's own revision did.
/// </summary>
/// <param name="queries">Reads the documents.</param>
/// <param name="catalogueRevision">The revision of the catalogue in force, which rises with every saved content.</param>
public sealed class StoredContents(IStoreQueries queries, Func<long> catalogueRevision) : IContentSource
{
    /// <summary>More contents than this in use at once are read again now and then, which costs time, not memory.</summary>
    const int KeptMax = 2_000;

    readonly ConcurrentDictionary<string, Held> _held = new(StringComparer.Ordinal);

    sealed record Held(long Catalogue, long Document, LiveContent? Live);

    public async ValueTask<LiveContent?> FindAsync(string name, CancellationToken cancellationToken)
    {
        // Read before the document: a change in between makes the next mail look again, never the other way round.
        var revision = catalogueRevision();
        if (_held.TryGetValue(name, out var held) && held.Catalogue == revision)
            return held.Live;

        var document = await queries.DocumentAsync("content", name, cancellationToken);
        var live = document is null ? null
            : held?.Live is { } same && held.Document == document.Revision ? same
            : new LiveContent((int)document.Revision, Compile(document));
        if (_held.Count >= KeptMax)
            _held.Clear();
        _held[name] = new Held(revision, document?.Revision ?? 0, live);
        return live;
    }

    public async ValueTask<LiveContent?> FindAsync(string name, int version, CancellationToken cancellationToken)
    {
        // No content has a slash in its name, and a version that is kept never changes.
        var id = string.Create(CultureInfo.InvariantCulture, $"{name}/{version}");
        if (_held.TryGetValue(id, out var held))
            return held.Live;
        if (await queries.DocumentAsync("content-version", id, cancellationToken) is not { } document)
            return null;
        if (_held.Count >= KeptMax)
            _held.Clear();
        return (_held[id] = new Held(0, version, new LiveContent(version, Compile(document, name)))).Live;
    }

    static CompiledContent Compile(Document document, string? name = null)
    {
        var problems = new List<Problem>();
        // Only what passed the check is kept. Should a newer program have written what this one cannot read, the mail fails and says so.
        return CompiledContent.Compile(ContentDocument.Read(name ?? document.Id, document.Json, problems)
            ?? new EmailContent { Name = name ?? document.Id, DefaultLanguage = "", Texts = new Dictionary<string, EmailText>() });
    }
}
