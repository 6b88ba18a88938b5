using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Parcours.Http;
using Parcours.Imports;

namespace Parcours.Api;

/// <summary>Receives one file, as a form or by itself, straight into a stream: never more of it in memory than a buffer.</summary>
sealed class ImportUpload(HttpContext context, long bytesMax)
{
    const int OptionsBytesMax = 1024 * 1024, BoundaryLengthMax = 200;
    const string KindMissing = "Say what the rows are: kind=contacts or kind=events.";

    /// <exception cref="BadInputException">It cannot be taken.</exception>
    /// <exception cref="ImportException">The options cannot be read.</exception>
    public async Task<ReceivedFile> ReceiveAsync(Stream spool, string? kind, string? options, string? name, CancellationToken cancellationToken)
    {
        if (context.Request.ContentLength > bytesMax)
            throw new BadInputException(Problems.FileTooLarge(bytesMax));
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        // A large file over a thin line takes its time.
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        var type = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var said) ? said : null;
        if (type?.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true)
            return await ReceiveFormAsync(type, spool, kind, options, name, cancellationToken);
        if (await CopyAsync(context.Request.Body, spool, cancellationToken) == 0)
            throw new BadInputException(Problems.Invalid("import.file", "", "The request has no file in it."));
        return Made(kind, options, name ?? "upload.csv");
    }

    async Task<ReceivedFile> ReceiveFormAsync(MediaTypeHeaderValue type, Stream spool, string? kind, string? options, string? name, CancellationToken cancellationToken)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (boundary is not { Length: > 0 and <= BoundaryLengthMax })
            throw new BadInputException(Problems.Invalid("form.boundary", "Content-Type", "The form has no boundary, or one that is too long."));
        var hasFile = false;
        try
        {
            var form = new MultipartReader(boundary, context.Request.Body);
            while (await form.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
                    continue;
                switch (HeaderUtilities.RemoveQuotes(disposition.Name).Value)
                {
                    case "kind":
                        kind = await TextAsync(section, cancellationToken);
                        break;
                    case "options":
                        options = await TextAsync(section, cancellationToken);
                        break;
                    case "file" when !hasFile:
                        hasFile = true;
                        name ??= HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value;
                        await CopyAsync(section.Body, spool, cancellationToken);
                        break;
                    case var other:
                        throw new BadInputException(Problems.Invalid("form.field", other ?? "", "A form for an import has the fields kind, options and file, each once."));
                }
            }
        }
        catch (InvalidDataException wrong)
        {
            throw new BadInputException(Problems.Invalid("form.malformed", "", $"The form cannot be read: {wrong.Message}"));
        }
        catch (IOException cut) when (cut is not BadHttpRequestException && cut.Message.Contains("Unexpected end", StringComparison.Ordinal))
        {
            throw new BadInputException(Problems.Invalid("form.malformed", "", "The form ends before its last boundary."));
        }

        return hasFile ? Made(kind, options, name ?? "upload.csv") : throw new BadInputException(Problems.Invalid("import.file", "file", "The form has no field 'file' with a file in it."));
    }

    static ReceivedFile Made(string? kind, string? options, string name)
    {
        var rows = kind switch
        {
            "contacts" => ImportKind.Contacts,
            "events" => ImportKind.Events,
            "enrolments" => ImportKind.Enrolments,
            _ => throw new BadInputException(Problems.Invalid("import.kind", "kind", KindMissing)),
        };
        var wishes = string.IsNullOrWhiteSpace(options) ? new() : ImportWishes.Read(Encoding.UTF8.GetBytes(options), "options");
        if (wishes.Problems() is { Count: > 0 } problems)
            throw new BadInputException(Problems.Invalid(problems));
        return new(rows, name.Length > 200 ? name[..200] : name, wishes, KeepsFile: true);
    }

    async Task<long> CopyAsync(Stream from, Stream to, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        long written = 0;
        for (int read; (read = await from.ReadAsync(buffer, cancellationToken)) > 0; written += read)
        {
            if (written + read > bytesMax)
                throw new BadInputException(Problems.FileTooLarge(bytesMax));
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return written;
    }

    static async Task<string> TextAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        var buffer = new byte[8 * 1024];
        for (int read; (read = await section.Body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (text.Length + read > OptionsBytesMax)
                throw new BadInputException(Problems.Invalid("form.field", "options", "The options are over 1 MB."));
            text.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}
