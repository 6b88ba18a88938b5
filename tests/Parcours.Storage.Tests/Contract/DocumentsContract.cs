using NodaTime;

namespace Parcours.Storage.Tests.Contract;

/// <summary>Documents are replaced only by who saw what stands.</summary>
public abstract class DocumentsContract<THarness> : StoreContract<THarness>
    where THarness : IStoreHarness, new()
{
    [Fact]
    public async Task A_document_is_written_by_who_saw_its_revision_and_by_nobody_else()
    {
        await InUnitAsync(async unit =>
        {
            var first = await unit.WriteDocumentAsync("journey", "welcome", Bytes("""{"v":1}"""), 0, Monday, Cancellation);
            var second = await unit.WriteDocumentAsync("journey", "welcome", Bytes("""{"v":2}"""), first!.Revision, Monday + Duration.FromDays(1), Cancellation);

            Assert.True(second!.Revision > first.Revision);
            Assert.Null(await unit.WriteDocumentAsync("journey", "welcome", Bytes("{}"), 0, Monday, Cancellation));
            Assert.Null(await unit.WriteDocumentAsync("journey", "welcome", Bytes("{}"), first.Revision, Monday, Cancellation));
            Assert.Null(await unit.WriteDocumentAsync("journey", "other", Bytes("{}"), 1, Monday, Cancellation));
        });
        await CrashAsync();

        var stands = await Store.Queries.DocumentAsync("journey", "welcome", Cancellation);
        Assert.Equal("""{"v":2}""", Text(stands!.Json));
        Assert.Equal((Monday, Monday + Duration.FromDays(1)), (stands.CreatedAt, stands.UpdatedAt));
        var whatever = await InUnitAsync(async unit => await unit.WriteDocumentAsync("journey", "welcome", Bytes("{}"), null, Monday, Cancellation));
        Assert.True(whatever!.Revision > stands.Revision);
        Assert.Equal(whatever.Revision, (await InUnitAsync(async unit => await unit.ReadDocumentAsync("journey", "welcome", Cancellation)))!.Revision);
        Assert.Null(await Store.Queries.DocumentAsync("segment", "welcome", Cancellation));
    }

    [Fact]
    public async Task A_document_is_deleted_by_who_saw_its_revision()
    {
        await InUnitAsync(async unit =>
        {
            var document = await unit.WriteDocumentAsync("key", "k1", Bytes("{}"), null, Monday, Cancellation);

            Assert.False(await unit.DeleteDocumentAsync("key", "k1", document!.Revision + 1, Cancellation));
            Assert.False(await unit.DeleteDocumentAsync("key", "k2", null, Cancellation));
            Assert.True(await unit.DeleteDocumentAsync("key", "k1", document.Revision, Cancellation));
        });

        Assert.Null(await Store.Queries.DocumentAsync("key", "k1", Cancellation));
    }

    [Fact]
    public async Task Documents_page_by_id_within_a_prefix()
    {
        await InUnitAsync(async unit =>
        {
            foreach (var id in (string[])["a/1", "b/1", "b/2", "b/3", "c", "é"]) await unit.WriteDocumentAsync("version", id, Bytes("{}"), 0, Monday, Cancellation);
            await unit.WriteDocumentAsync("draft", "b/9", Bytes("{}"), 0, Monday, Cancellation);
        });

        Assert.Equal(["b/1", "b/2"], await IdsAsync("b/", null, 2));
        Assert.Equal(["b/3"], await IdsAsync("b/", "b/2", 2));
        Assert.Equal(["b/1", "b/2", "b/3"], await IdsAsync("b/", "a/1", 10));
        Assert.Equal(["a/1", "b/1", "b/2", "b/3", "c", "é"], await IdsAsync(null, null, 10));

        async Task<IEnumerable<string>> IdsAsync(string? prefix, string? after, int limit) =>
            (await Store.Queries.DocumentsAsync("version", prefix, after, limit, Cancellation)).Select(document => document.Id);
    }
}
