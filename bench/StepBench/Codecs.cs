using Parcours.Engine.State;

namespace StepBench;

/// <summary>An entry of the journal: to the bytes that are stored, and back.</summary>
static class Codecs
{
    public static void Run()
    {
        var codec = new EntryCodec();
        var entry = new EntryBody.Received([.. Ada.Edits("pro")], """{"page":"/shelves/12","source":"newsletter","seconds":12}"""u8.ToArray(), "0f8c1b1e7d0f4c8e9a52000000000012", true);
        var bytes = codec.Encode(entry);
        Measure.Step("journal: an entry written", () => codec.Encode(entry));
        Measure.Step("journal: an entry read", () => EntryCodec.Decode(bytes));
    }
}
