using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Machine;
using Parcours.Journeys.Plans;

namespace Parcours.Engine.Catalogues;

/// <summary>Everything that is defined rather than lived: saved as documents, published by control entries under one lock (Semantics 6.1, 6.2).</summary>
/// <remarks>
/// Kinds of documents: <c>journey</c> (the draft with its status; JSON = <see cref="JourneyDocument"/>), <c>journey-version</c> (id = journey/version), <c>segment</c>, <c>content</c>, <c>property</c>, <c>topic</c>, <c>list</c>.
/// Reading is by <see cref="IEngine.Queries"/> or the methods here. All methods answer when every partition has passed the change, or after 5 s (<see cref="CatalogueAnswer.InProgress"/>).
/// </remarks>
public interface ICatalogueService
{
    ValueTask<JourneyDocument?> JourneyAsync(JourneyId journey, CancellationToken cancellationToken);
    ValueTask<IReadOnlyList<JourneyDocument>> JourneysAsync(string? afterId, int limit, CancellationToken cancellationToken);

    /// <summary>Saves a draft; a draft may have problems, but must be well-formed enough to be kept: malformed JSON, unknown fields and a wrong id are refused.</summary>
    /// <param name="expectedRevision">0: create; else the revision that the author saw; null: whatever is there.</param>
    Task<CatalogueAnswer> SaveJourneyAsync(JourneyId journey, ReadOnlyMemory<byte> definition, long? expectedRevision, CancellationToken cancellationToken);

    /// <summary>Every problem of the draft, or of a definition that is not saved, against the catalogue as it is.</summary>
    ValueTask<IReadOnlyList<Problem>> CheckJourneyAsync(ReadOnlyMemory<byte> definition, CancellationToken cancellationToken);

    /// <summary>Makes the draft a new immutable version and takes it live (Semantics 6.2); status is filling while a memory that it needs is gathered (7.7).</summary>
    Task<CatalogueAnswer> PublishJourneyAsync(JourneyId journey, long? expectedRevision, Publication publication, CancellationToken cancellationToken);

    /// <inheritdoc cref="PublishJourneyAsync(JourneyId, long?, Publication, CancellationToken)"/>
    Task<CatalogueAnswer> PublishJourneyAsync(JourneyId journey, long? expectedRevision, CancellationToken cancellationToken) =>
        PublishJourneyAsync(journey, expectedRevision, Publication.Silent, cancellationToken);

    /// <summary>A version as it was published; null: there is none of this number.</summary>
    ValueTask<JourneyVersion?> JourneyVersionAsync(JourneyId journey, int version, CancellationToken cancellationToken);

    /// <summary>The experiments of a journey's newest version, judged by what has been counted; of one that is not live, none.</summary>
    ValueTask<IReadOnlyList<ExperimentReport>> ExperimentsAsync(JourneyId journey, CancellationToken cancellationToken);

    /// <summary>Makes a path the winner of an experiment: all who come there later take it (Semantics 6.13).</summary>
    /// <param name="path">Null: takes the winner back; the engine then chooses none by itself.</param>
    /// <param name="by">Who says so: not the engine.</param>
    Task<CatalogueAnswer> ChooseWinnerAsync(JourneyId journey, string point, string? path, string by, CancellationToken cancellationToken);

    /// <summary>Other shares for a split of the live version, from now on and without a new one: who has drawn keeps the path (Semantics 6.3, 6.5).</summary>
    /// <param name="paths">Each path of the split once; they make 100.</param>
    Task<CatalogueAnswer> SetSharesAsync(JourneyId journey, string point, IReadOnlyList<PathShare> paths, string? by, CancellationToken cancellationToken);

    /// <summary>Another entry rate, from now on and without a new version: who stands in line is let in by it (Semantics 6.3, 9.3).</summary>
    /// <param name="rate">Null: as many as come.</param>
    Task<CatalogueAnswer> SetEntryRateAsync(JourneyId journey, EntryRateSetting? rate, string? by, CancellationToken cancellationToken);

    /// <summary>What was so set of a journey, newest first.</summary>
    ValueTask<IReadOnlyList<DialChange>> DialChangesAsync(JourneyId journey, CancellationToken cancellationToken);

    /// <param name="runOn">False: freeze (default); true: clocks run on (Semantics 8.2).</param>
    /// <param name="resumesAt">When it goes on by itself; null: when somebody says so. Of a journey that is paused already only this is set anew.</param>
    Task<CatalogueAnswer> PauseJourneyAsync(JourneyId journey, bool runOn, Instant? resumesAt, CancellationToken cancellationToken);

    /// <inheritdoc cref="PauseJourneyAsync(JourneyId, bool, Instant?, CancellationToken)"/>
    Task<CatalogueAnswer> PauseJourneyAsync(JourneyId journey, bool runOn, CancellationToken cancellationToken) => PauseJourneyAsync(journey, runOn, null, cancellationToken);

    /// <summary>The journey pauses by itself at this moment; one that was set before is set anew.</summary>
    /// <param name="resumesAt">When that pause ends by itself; null: when somebody says so.</param>
    Task<CatalogueAnswer> SchedulePauseAsync(JourneyId journey, Instant at, bool runOn, Instant? resumesAt, CancellationToken cancellationToken);
    /// <summary>No pause is set any more.</summary>
    Task<CatalogueAnswer> CancelPauseAsync(JourneyId journey, CancellationToken cancellationToken);

    /// <summary>Nobody passes this point until it goes on: who comes gathers there, who is due stays; the clocks run on, and the rest of the journey goes its way (Semantics 8.3).</summary>
    Task<CatalogueAnswer> PausePointAsync(JourneyId journey, string point, CancellationToken cancellationToken);
    Task<CatalogueAnswer> ResumePointAsync(JourneyId journey, string point, CancellationToken cancellationToken);
    Task<CatalogueAnswer> ResumeJourneyAsync(JourneyId journey, CancellationToken cancellationToken);
    Task<CatalogueAnswer> EndJourneyAsync(JourneyId journey, CancellationToken cancellationToken);
    /// <summary>Only drafts that were never live, and ended or archived journeys; refused with the list of users while something live names it.</summary>
    Task<CatalogueAnswer> DeleteJourneyAsync(JourneyId journey, long? expectedRevision, CancellationToken cancellationToken);

    /// <summary>Puts a draft that was never live, or an ended journey, out of sight; it starts nothing and can be taken back.</summary>
    Task<CatalogueAnswer> ArchiveJourneyAsync(JourneyId journey, CancellationToken cancellationToken);
    /// <summary>Takes an archived journey back: a draft again, or ended.</summary>
    Task<CatalogueAnswer> UnarchiveJourneyAsync(JourneyId journey, CancellationToken cancellationToken);

    /// <summary>Every problem of a segment's document that is not saved.</summary>
    ValueTask<IReadOnlyList<Problem>> CheckSegmentAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken);

    /// <summary>Of the memory that a condition needs, what contacts do not keep completely yet: whoever asks it of them gathers that first.</summary>
    Task<IReadOnlyList<AggregateDefinition>> MissingMemoryAsync(CompiledCondition condition, CancellationToken cancellationToken);

    /// <summary>Saves and publishes a segment: <c>{"name","description","condition"}</c>. New and changed ones fill; progress in <see cref="SegmentDocument"/>.</summary>
    Task<CatalogueAnswer> SaveSegmentAsync(string name, ReadOnlyMemory<byte> json, long? expectedRevision, CancellationToken cancellationToken);
    Task<CatalogueAnswer> DeleteSegmentAsync(string name, long? expectedRevision, CancellationToken cancellationToken);
    ValueTask<SegmentDocument?> SegmentAsync(string name, CancellationToken cancellationToken);
    ValueTask<IReadOnlyList<SegmentDocument>> SegmentsAsync(string? afterName, int limit, CancellationToken cancellationToken);

    /// <summary>Saves a <c>property</c> (<c>{"name","type","choices","public","unique"}</c>), <c>topic</c> (<c>{"name","title","whenUnknown":"needsGiven|unlessRefused"}</c>), <c>list</c> (<c>{"name","title"}</c>) or <c>content</c> (checked by the check registered for it).</summary>
    Task<CatalogueAnswer> SaveAsync(string kind, string id, ReadOnlyMemory<byte> json, long? expectedRevision, CancellationToken cancellationToken);
    /// <summary>Every problem of such a document that is not saved.</summary>
    Task<IReadOnlyList<Problem>> CheckAsync(string kind, string id, ReadOnlyMemory<byte> json, CancellationToken cancellationToken);

    /// <summary>Codes were added to a pool: how many it has is counted anew, for whoever is warned when few are left.</summary>
    Task<CatalogueAnswer> RestockAsync(string pool, CancellationToken cancellationToken);
    /// <summary>Nothing is handed to a provider from here on: messages are decided and wait. What a provider has already is finished (Semantics 12.3).</summary>
    Task<CatalogueAnswer> HoldSendingAsync(CancellationToken cancellationToken);

    /// <summary>Messages leave again.</summary>
    /// <param name="discard">What waits by now is skipped, with the reason <c>discarded</c>; false: it goes.</param>
    Task<CatalogueAnswer> ReleaseSendingAsync(bool discard, CancellationToken cancellationToken);

    /// <summary>Refused with the list of users when something live uses it.</summary>
    Task<CatalogueAnswer> DeleteAsync(string kind, string id, long? expectedRevision, CancellationToken cancellationToken);
    /// <summary>What is live and uses this: also of what is kept outside of the catalogue, such as users and secrets.</summary>
    Task<IReadOnlyList<CatalogueUser>> UsersAsync(UsedKind kind, string name, CancellationToken cancellationToken);
}

/// <summary>What is said when a version is published.</summary>
/// <param name="By">Who publishes; null: a program.</param>
/// <param name="Note">What it is about, for the list of versions.</param>
/// <param name="People">What becomes of those inside (Semantics 6.4); who is not named is kept in the version that it is in.</param>
public sealed record Publication(string? By, string? Note, IReadOnlyList<PeopleRule> People)
{
    public static Publication Silent { get; } = new(null, null, []);
}

/// <summary>A published version: it never changes.</summary>
/// <param name="Publication">Who published it, and what was said of those inside.</param>
public sealed record JourneyVersion(int Version, Instant PublishedAt, Publication Publication, ReadOnlyMemory<byte> Definition);

/// <summary>What became of an order to the catalogue.</summary>
public abstract record CatalogueAnswer
{
    CatalogueAnswer() { }

    /// <param name="Document">The document as it is now.</param>
    /// <param name="Version">The version that a publish made.</param>
    public sealed record Done(Document Document, int? Version, IReadOnlyList<Problem> Warnings) : CatalogueAnswer;
    /// <summary>Taken, and still on its way through the partitions.</summary>
    public sealed record InProgress(Document Document) : CatalogueAnswer;
    /// <summary>Nothing changed; every reason at once.</summary>
    public sealed record Refused(IReadOnlyList<Problem> Problems) : CatalogueAnswer;
    /// <summary>Somebody else changed it meanwhile; here is what is there now.</summary>
    public sealed record Conflict(Document? Current) : CatalogueAnswer;
    public sealed record NotFound : CatalogueAnswer;
}

/// <summary>A journey as kept: its draft and where it stands.</summary>
/// <param name="Definition">The draft's JSON as saved.</param>
/// <param name="Live">The newest version; 0 while never published.</param>
/// <param name="Changed">Whether the draft differs from the newest version.</param>
public sealed record JourneyDocument(
    JourneyId Id, string Name, string? Description, JourneyStatus Status, int Live, bool Changed, JourneyDials Dials, long Revision, Instant CreatedAt, Instant UpdatedAt, Instant? PublishedAt, Instant? EndedAt, ReadOnlyMemory<byte> Definition);

/// <param name="Filled">0 to 1 while filling; 1 when live.</param>
/// <param name="Members">Live count.</param>
public sealed record SegmentDocument(string Name, string? Description, int Version, bool Filling, double Filled, long Members, long Revision, Instant CreatedAt, Instant UpdatedAt, ReadOnlyMemory<byte> Condition);

/// <summary>Checks content before it is saved: implemented by the channels, registered at the composition root.</summary>
public interface IContentCheck
{
    /// <summary>Every problem of the content document.</summary>
    IReadOnlyList<Problem> Check(string name, ReadOnlyMemory<byte> json);
}
