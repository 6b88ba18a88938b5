using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;

namespace Parcours.Web;

/// <summary>The files that the web application was built into, held in memory and compressed once.</summary>
/// <remarks>They are a few megabytes in all and never change while the program runs.</remarks>
/// <param name="folder">What Vite wrote; it need not be there.</param>
sealed class WebFiles(string folder)
{
    static readonly FileExtensionContentTypeProvider Types = new();
    static readonly string[] Compressed = [".js", ".css", ".html", ".svg", ".json", ".map", ".txt", ".webmanifest"];

    readonly string _root = Path.GetFullPath(folder);
    readonly ConcurrentDictionary<string, WebFile?> _files = new(StringComparer.Ordinal);
    // Only names that are there are looked up, so that a stranger cannot fill the memory with names that are not.
    readonly HashSet<string> _names = Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => "/" + Path.GetRelativePath(folder, file).Replace('\\', '/'))]
        : [];

    public bool AreThere => _names.Contains("/index.html");

    public string ReadIndex() => File.ReadAllText(Path.Combine(_root, "index.html"));

    /// <param name="path">As the request has it, with its first slash.</param>
    public WebFile? Find(string path) => _names.Contains(path) && path != "/index.html" ? _files.GetOrAdd(path, Read) : null;

    WebFile Read(string path)
    {
        var bytes = File.ReadAllBytes(Path.Combine(_root, path[1..]));
        var isText = Compressed.Contains(Path.GetExtension(path));
        return new(
            Types.TryGetContentType(path, out var type) ? type : "application/octet-stream",
            $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"", bytes,
            isText ? Squeeze(bytes, to => new BrotliStream(to, CompressionLevel.SmallestSize)) : null,
            isText ? Squeeze(bytes, to => new GZipStream(to, CompressionLevel.SmallestSize)) : null);
    }

    static byte[] Squeeze(byte[] bytes, Func<Stream, Stream> coder)
    {
        using var squeezed = new MemoryStream();
        using (var into = coder(squeezed))
            into.Write(bytes);
        return squeezed.ToArray();
    }
}

/// <param name="Brotli">Null: it would gain nothing.</param>
sealed record WebFile(string ContentType, string ETag, byte[] Bytes, byte[]? Brotli, byte[]? GZip);
