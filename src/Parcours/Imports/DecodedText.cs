using System.Globalization;
using System.Text;
using static Parcours.Imports.ImportException;

namespace Parcours.Imports;

/// <summary>The text of a file, decoded strictly as it is read: bytes that are no text end the reading with their place.</summary>
sealed class DecodedText : TextReader
{
    const int BytesAtOnce = 64 * 1024;
    readonly Stream _bytes;
    readonly Decoder _decoder;
    readonly Encoding _encoding;
    readonly bool _wasSaid;
    readonly byte[] _read = new byte[BytesAtOnce];
    readonly char[] _text;
    int _filled, _from, _to;
    long _bytesBefore, _linesBefore;
    bool _ended;

    /// <param name="encoding">Null: found out.</param>
    /// <exception cref="ImportException">It is no text.</exception>
    public DecodedText(Stream bytes, Encoding? encoding)
    {
        (_bytes, _wasSaid) = (bytes, encoding is not null);
        Fill();
        var head = _read.AsSpan(0, _filled);
        if (head.StartsWith("PK\u0003\u0004"u8))
            throw new ImportException(Reason("import.workbook", "This is a workbook or a ZIP archive, not a CSV file. Save it as “CSV UTF-8” first."));
        var found = TextEncodings.Of(head, out var mark);
        _encoding = encoding ?? found;
        // A mark that belongs to another encoding than the one that was said is a mistake that the decoder finds.
        if (encoding is not null && encoding.CodePage != found.CodePage)
            mark = 0;
        _decoder = _encoding.GetDecoder();
        _text = new char[_encoding.GetMaxCharCount(BytesAtOnce) + 1];
        Decode(mark);
    }

    public string EncodingName => _encoding.WebName;

    /// <summary>The beginning, up to 64 KB, without taking it.</summary>
    public ReadOnlySpan<char> Head => _text.AsSpan(_from, _to - _from);

    /// <summary>Passes over what was looked at in <see cref="Head"/>.</summary>
    public void Skip(int characters) => _from += characters;

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        if (!Available())
            return 0;
        var taken = Math.Min(buffer.Length, _to - _from);
        _text.AsSpan(_from, taken).CopyTo(buffer);
        _from += taken;
        return taken;
    }

    public override int Peek() => Available() ? _text[_from] : -1;

    public override int Read() => Available() ? _text[_from++] : -1;

    bool Available()
    {
        while (_from == _to)
        {
            if (_ended)
                return false;
            _linesBefore += _text.AsSpan(0, _to).Count('\n');
            _bytesBefore += _filled;
            Fill();
            Decode(0);
        }

        return true;
    }

    void Fill()
    {
        _filled = 0;
        try
        {
            int got;
            while (_filled < _read.Length && (got = _bytes.Read(_read, _filled, _read.Length - _filled)) > 0)
                _filled += got;
        }
        catch (InvalidDataException broken)
        {
            throw new ImportException(Reason("import.compression", "The file is compressed and damaged: it cannot be unpacked to its end. Compress it again."), broken);
        }

        _ended = _filled < _read.Length;
    }

    void Decode(int from)
    {
        try
        {
            (_from, _to) = (0, _decoder.GetChars(_read, from, _filled - from, _text, 0, flush: _ended));
        }
        catch (DecoderFallbackException wrong)
        {
            var at = Math.Clamp(from + wrong.Index, 0, _filled);
            var lines = _linesBefore + CountLines(_read.AsSpan(from, Math.Max(0, at - from)));
            var bytes = string.Join(' ', (wrong.BytesUnknown ?? []).Select(one => $"0x{one:X2}"));
            var (name, line, place) = (_encoding.WebName.ToUpperInvariant(), (lines + 1).ToString(CultureInfo.InvariantCulture), (_bytesBefore + from + wrong.Index + 1).ToString(CultureInfo.InvariantCulture));
            throw new ImportException(Reason("import.encoding", string.Create(CultureInfo.InvariantCulture,
                $"The file is not valid {name}: line {line}, byte {place} of the file ({bytes}). {(_wasSaid ? "Say another encoding, or save it as UTF-8." : "Save it as UTF-8, or say its encoding, e.g. windows-1252.")}"), ("encoding", name), ("line", line), ("byte", place)), wrong);
        }

        if (_text.AsSpan(0, _to).IndexOf('\0') is >= 0 and var zero && !_wasSaid && _linesBefore == 0 && zero < 1024)
            throw new ImportException(Reason("import.encoding.zeros", "The file holds bytes of zero where text should be: it is no CSV file, or its encoding must be said (e.g. utf-16)."));
    }

    int CountLines(ReadOnlySpan<byte> sound)
    {
        var lenient = (Encoding)_encoding.Clone();
        lenient.DecoderFallback = DecoderFallback.ReplacementFallback;
        return lenient.GetString(sound).AsSpan().Count('\n');
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _bytes.Dispose();
        base.Dispose(disposing);
    }
}
