using System.IO.Compression;
using System.Text;
using Parcours.Intake;

namespace Parcours.Tests.Intake;

public sealed class IntakeBodyTests
{
    const string Text = """{"batch":[{"type":"track","userId":"u","event":"e"}]}""";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Encodings => ["gzip", "x-gzip", "GZIP", "deflate", "raw deflate", "br", "identity", "", "gzip, br", "gzip, identity"];

    [Theory, MemberData(nameof(Encodings))]
    public async Task A_body_is_read_however_it_is_compressed(string encoding)
    {
        var packed = encoding.ToLowerInvariant().Split(", ").Aggregate(Encoding.UTF8.GetBytes(Text), Pack);

        var (body, refusal) = await IntakeBody.ReadAsync(new Drip(packed), encoding.Replace("raw ", "", StringComparison.Ordinal), IntakeLimits.Default, Cancellation);

        using (body)
        {
            Assert.Null(refusal);
            Assert.NotNull(body);
            Assert.Equal(Text, Encoding.UTF8.GetString(body.Bytes));
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("identity")]
    public async Task A_body_that_expands_beyond_the_limit_is_refused(string encoding)
    {
        var packed = Pack(new byte[50 * 1024 * 1024], encoding);

        var (body, refusal) = await IntakeBody.ReadAsync(new MemoryStream(packed), encoding, IntakeLimits.Default, Cancellation);

        Assert.Null(body);
        Assert.Equal((400, "too_large"), (refusal?.Status, refusal?.Code));
    }

    [Fact]
    public async Task A_body_may_expand_up_to_the_limit()
    {
        var packed = Pack(new byte[IntakeLimits.Default.BatchBytes], "gzip");

        var (body, _) = await IntakeBody.ReadAsync(new MemoryStream(packed), "gzip", IntakeLimits.Default, Cancellation);

        using (body)
            Assert.Equal(IntakeLimits.Default.BatchBytes, body?.Bytes.Length);
    }

    [Theory]
    [InlineData("gzip", "malformed_encoding", 400)]
    [InlineData("deflate", "malformed_encoding", 400)]
    [InlineData("br", "malformed_encoding", 400)]
    [InlineData("zstd", "unknown_encoding", 415)]
    public async Task A_body_that_is_not_what_its_header_says_is_refused(string encoding, string code, int status)
    {
        var (body, refusal) = await IntakeBody.ReadAsync(new MemoryStream([0xFF, .. Encoding.UTF8.GetBytes(Text)]), encoding, IntakeLimits.Default, Cancellation);

        Assert.Null(body);
        Assert.Equal((status, code), (refusal?.Status, refusal?.Code));
    }

    static byte[] Pack(byte[] bytes, string encoding)
    {
        using var target = new MemoryStream();
        using (Stream packing = encoding switch
        {
            "gzip" or "x-gzip" => new GZipStream(target, CompressionMode.Compress, leaveOpen: true),
            "deflate" => new ZLibStream(target, CompressionMode.Compress, leaveOpen: true),
            "raw deflate" => new DeflateStream(target, CompressionMode.Compress, leaveOpen: true),
            "br" => new BrotliStream(target, CompressionLevel.Fastest, leaveOpen: true),
            _ => new BufferedStream(target),
        })
        {
            packing.Write(bytes);
            packing.Flush();
            if (encoding == "identity")
                return target.ToArray();
        }

        return target.ToArray();
    }

    /// <summary>Gives a byte at a time, as a slow network may.</summary>
    sealed class Drip(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer.Length > 1 ? buffer[..1] : buffer, cancellationToken);
    }
}
