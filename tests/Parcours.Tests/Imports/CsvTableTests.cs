using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Parcours.Imports;

namespace Parcours.Tests.Imports;

/// <summary>Reading CSV: every dialect, and one clear error for what is none.</summary>
public sealed class CsvTableTests
{
    public static TheoryData<string> Spectrum() => [.. Directory.GetFiles(ImportFile.DataPath("csv-spectrum/csvs")).Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    [Theory]
    [MemberData(nameof(Spectrum))]
    public void Every_case_of_the_spectrum_is_read_as_its_json_says(string name)
    {
        using var expected = JsonDocument.Parse(File.ReadAllBytes(ImportFile.DataPath($"csv-spectrum/json/{name}.json")));
        using var table = CsvTable.Open(File.OpenRead(ImportFile.DataPath($"csv-spectrum/csvs/{name}.csv")), new());

        foreach (var record in (expected.RootElement is { ValueKind: JsonValueKind.Array } many ? [.. many.EnumerateArray()] : new[] { expected.RootElement }))
        {
            Assert.True(table.Read());
            // In one case the two files differ in a number that has nothing to do with CSV.
            Assert.Equal(
                record.EnumerateObject().Select(field => (field.Name, field.Value.GetString()!.Replace("1234567890", "2095257564", StringComparison.Ordinal))),
                table.Header.Select((column, index) => (column, table.Raw(index))));
        }

        Assert.False(table.Read());
    }

    [Theory]
    [InlineData("a,b\n1,2", ',')]
    [InlineData("a;b\n1,5;2", ';')]
    [InlineData("a\tb\n1,5\t2;3", '\t')]
    [InlineData("a|b\n1|2", '|')]
    [InlineData("\"a,x\";b\n1;2", ';')]
    [InlineData("one\n2", ',')]
    [InlineData("sep=;\na;b\n1;2", ';')]
    [InlineData("sep=|\r\na|b\r\n1|2", '|')]
    [InlineData("price, net;name\n1;2", ';')]
    public void The_delimiter_is_found_out(string text, char expected)
    {
        using var table = CsvTable.Open(ImportFile.Of(text), new());

        Assert.Equal(expected, table.Delimiter);
        Assert.True(table.Read());
    }

    [Fact]
    public void A_delimiter_that_is_said_is_believed()
    {
        using var table = CsvTable.Open(ImportFile.Of("a;b,c\n1;2,3"), new() { Delimiter = "," });

        Assert.Equal(["a;b", "c"], table.Header);
    }

    public static TheoryData<string, string, byte[]> Encodings() => new()
    {
        { "UTF-8", "utf-8", new UTF8Encoding(false).GetBytes("name\nÉléonore 😀") },
        { "UTF-8 with a mark", "utf-8", [0xEF, 0xBB, 0xBF, .. new UTF8Encoding(false).GetBytes("name\nÉléonore 😀")] },
        { "UTF-16 with a mark", "utf-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("name\nÉléonore 😀")] },
        { "UTF-16 the other way", "utf-16BE", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("name\nÉléonore 😀")] },
        { "UTF-16 without a mark", "utf-16", Encoding.Unicode.GetBytes("name\nÉléonore 😀") },
        { "UTF-16 the other way without a mark", "utf-16BE", Encoding.BigEndianUnicode.GetBytes("name\nÉléonore 😀") },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void The_encoding_is_found_out(string what, string expected, byte[] bytes)
    {
        using var table = CsvTable.Open(new MemoryStream(bytes), new());

        Assert.True(table.Read(), what);
        Assert.Equal((expected, "name", "Éléonore 😀"), (table.EncodingName, table.Header[0], table[0]));
    }

    [Fact]
    public void An_encoding_that_is_said_is_believed()
    {
        using var table = CsvTable.Open(new MemoryStream([.. "name;prix\nZo"u8, 0xEB, .. ";5 "u8, 0x80]), new() { Encoding = "windows-1252" });

        Assert.True(table.Read());
        Assert.Equal(("Zoë", "5 €"), (table[0], table[1]));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(20_000)]
    public void Bytes_that_are_no_text_are_told_with_their_line_and_place(int line)
    {
        byte[] bytes = [.. "n\n"u8, .. Enumerable.Repeat("abc\n"u8.ToArray(), line - 2).SelectMany(one => one), .. "abcd"u8, 0xE9, .. "\n"u8];
        var place = Array.IndexOf(bytes, (byte)0xE9) + 1;

        var refused = ImportFile.Refused(() => ReadAll(CsvTable.Open(new MemoryStream(bytes), new())));

        Assert.Equal("import.encoding", refused.Code);
        Assert.Contains($"line {line}, byte {place} of the file (0xE9)", refused.Message);
    }

    [Fact]
    public void Gzip_is_unpacked_and_has_the_hash_of_what_is_in_it()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write("a,b\n1,2\n"u8);
        using var plain = CsvTable.Open(ImportFile.Of("a,b\n1,2\n"), new());
        using var table = CsvTable.Open(packed, new());

        Assert.Equal((true, true), (plain.Read(), table.Read()));
        Assert.Equal((false, false), (plain.Read(), table.Read()));
        Assert.Equal(plain.Hash(), table.Hash());
    }

    [Fact]
    public void A_damaged_archive_is_told()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.NoCompression, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes("a,b\n" + string.Concat(Enumerable.Range(0, 30_000).Select(row => $"{row},x\n"))));
        var damaged = packed.ToArray();
        damaged.AsSpan(100_000, 500).Fill(0xFF);

        // The checksum may be all that tells.
        var refused = ImportFile.Refused(() => ReadAll(CsvTable.Open(new MemoryStream(damaged), new())));

        Assert.True(refused.Code is "import.compression" or "import.encoding", refused.Message);
    }

    [Theory]
    [InlineData("", "import.empty")]
    [InlineData("\n\n", "import.empty")]
    [InlineData(",,\n1,2,3", "import.header.none")]
    [InlineData("a,b,a\n1,2,3", "import.header")]
    [InlineData("a,b\n1,\"open\n2,3\n4,5\n", "import.quotes")]
    [InlineData("a,b\n1,\"closed\"open\n2,3", "import.quotes.after")]
    [InlineData("PK\u0003\u0004xyz", "import.workbook")]
    public void A_broken_file_gets_one_clear_error(string text, string code) =>
        Assert.Equal(code, ImportFile.Refused(() => ReadAll(CsvTable.Open(ImportFile.Of(text), new()))).Code);

    [Fact]
    public void A_field_of_10_MB_is_refused_with_its_line()
    {
        var refused = ImportFile.Refused(() => ReadAll(CsvTable.Open(ImportFile.Of("a,b\n1,2\n3," + new string('x', 10_000_000) + "\n5,6\n"), new())));

        Assert.Equal("import.field", refused.Code);
        Assert.Contains("line 3", refused.Message);
    }

    [Fact]
    public void A_quotation_mark_that_is_never_closed_is_told_with_the_line_where_it_opens()
    {
        var refused = ImportFile.Refused(() => ReadAll(CsvTable.Open(ImportFile.Of("a,b\n1,2\n3,\"open\n4,5\n6,7\n"), new())));

        Assert.Contains("line 3", refused.Message);
    }

    [Fact]
    public void Quotation_marks_inside_an_unquoted_field_are_text()
    {
        using var table = CsvTable.Open(ImportFile.Of("a,b\n1,5\" screen\n2,\"trailing\" \n"), new());

        Assert.True(table.Read());
        Assert.Equal("5\" screen", table[1]);
        Assert.True(table.Read());
        Assert.Equal("trailing", table[1]);
    }

    [Fact]
    public void Lines_are_counted_as_an_editor_counts_them()
    {
        using var table = CsvTable.Open(ImportFile.Of("sep=,\na,b\n1,\"x\ny\"\n\n2,z\n"), new());

        var places = new List<(int Row, int Line)>();
        while (table.Read())
            places.Add((table.Row, table.Line));

        Assert.Equal([(1, 3), (2, 6)], places);
    }

    [Fact]
    public void Cells_lose_the_white_space_around_them_and_nothing_else()
    {
        using var table = CsvTable.Open(ImportFile.Of(" a ,b\n \" x \" ,\u2003y\u200B\n"), new());

        Assert.True(table.Read());
        Assert.Equal(("a", "\u2003y\u200B"), (table.Header[0], table[1]));
    }

    static List<string> ReadAll(CsvTable table)
    {
        using (table)
        {
            var cells = new List<string>();
            while (table.Read())
                for (var column = 0; column < table.Count; column++)
                    cells.Add(table[column]);
            return cells;
        }
    }
}
