using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parcours.Engine;
using Parcours.Engine.Ports;

namespace Parcours.Imports;

/// <summary>Files that lie in the database in pieces, each a document: so that any node that leads can go on with an upload, and hand out the bad rows of one (docs/decisions/0027).</summary>
sealed class StoredFiles(IEngine engine)
{
    /// <summary>Of what was uploaded, and of the rows that did not go in.</summary>
    public const string Uploads = "upload", Rejects = "upload-rejects";

    /// <summary>How many pieces there are of each: a document of its own, since nodes of an older version read the import's.</summary>
    const string Lists = "upload-list";

    const int PieceBytes = 1024 * 1024, DropAtOnce = 100;

    public static int PiecesOf(long bytes) => (int)((bytes + PieceBytes - 1) / PieceBytes);

    public async ValueTask<StoredPieces> FindAsync(string id, CancellationToken cancellationToken) =>
        await engine.Queries.DocumentAsync(Lists, id, cancellationToken) is { } document ? Read(document) : StoredPieces.None;

    public async ValueTask<IReadOnlyDictionary<string, StoredPieces>> AllAsync(CancellationToken cancellationToken)
    {
        var all = new Dictionary<string, StoredPieces>(StringComparer.Ordinal);
        string? after = null;
        while (await engine.Queries.DocumentsAsync(Lists, null, after, 500, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var document in page)
                all[document.Id] = Read(document);
            after = page[^1].Id;
        }

        return all;
    }

    /// <summary>Says how many there are, or will be; none: forgets it.</summary>
    public Task SetAsync(string id, StoredPieces pieces, CancellationToken cancellationToken) => engine.WriteAsync(async (unit, now) => pieces == StoredPieces.None
        ? await unit.DeleteDocumentAsync(Lists, id, null, CancellationToken.None)
        : await unit.WriteDocumentAsync(Lists, id, JsonSerializer.SerializeToUtf8Bytes(pieces, StoredJson.Default.StoredPieces), null, now, CancellationToken.None) is not null, cancellationToken);

    static StoredPieces Read(Document document) => JsonSerializer.Deserialize(document.Json.Span, StoredJson.Default.StoredPieces)!;

    /// <returns>How many pieces there are.</returns>
    public async Task<int> PutAsync(string kind, string id, Stream file, CancellationToken cancellationToken)
    {
        var (piece, count) = (new byte[PieceBytes], 0);
        while (await file.ReadAtLeastAsync(piece, piece.Length, throwOnEndOfStream: false, cancellationToken) is > 0 and var length)
        {
            var name = NameOf(id, count++);
            await engine.WriteAsync(async (unit, now) => await unit.WriteDocumentAsync(kind, name, piece.AsMemory(0, length), null, now, CancellationToken.None), cancellationToken);
        }

        return count;
    }

    /// <summary>Writes all of it into a file, which is there whole or not at all.</summary>
    /// <returns>False: a piece is missing.</returns>
    public async Task<bool> GetAsync(string kind, string id, int count, string path, Func<string, FileStream> open, CancellationToken cancellationToken)
    {
        var half = path + ".part";
        await using (var file = open(half))
            for (var number = 0; number < count; number++)
                if (await engine.Queries.DocumentAsync(kind, NameOf(id, number), cancellationToken) is { } piece)
                    await file.WriteAsync(piece.Json, cancellationToken);
                else
                    return false;
        File.Move(half, path, overwrite: true);
        return true;
    }

    /// <param name="from">Those before it stay.</param>
    public async Task DropAsync(string kind, string id, int count, CancellationToken cancellationToken, int from = 0)
    {
        for (var at = from; at < count; at += DropAtOnce)
        {
            var (first, last) = (at, Math.Min(count, at + DropAtOnce));
            await engine.WriteAsync(async (unit, _) =>
            {
                for (var number = first; number < last; number++)
                    await unit.DeleteDocumentAsync(kind, NameOf(id, number), null, CancellationToken.None);
                return true;
            }, cancellationToken);
        }
    }

    static string NameOf(string id, int number) => string.Create(CultureInfo.InvariantCulture, $"{id}/{number:00000}");
}

/// <param name="Upload">Of the file; 0: it lies in the folder of the node that received it, or is done with.</param>
/// <param name="Rejects">Of the rows that did not go in; 0: none.</param>
sealed record StoredPieces(int Upload, int Rejects)
{
    public static StoredPieces None { get; } = new(0, 0);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StoredPieces))]
sealed partial class StoredJson : JsonSerializerContext;
