using System.Collections.Immutable;
using NodaTime;
using Parcours.Engine.Ports;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Work;

/// <summary>Work over many contacts, done in slices between stimuli (Semantics 2.8): sweeps when a journey goes live, ends or resumes, fills of segments.</summary>
sealed partial class Worker
{
    /// <summary>Replaced, never changed: readers on other threads look at how far they are.</summary>
    ImmutableArray<Job> _jobs = [];
    readonly List<Job> _sliced = [];

    public bool HasJobs
    {
        get
        {
            foreach (var job in _jobs)
                if (job.IsReady)
                    return true;
            return false;
        }
    }

    public bool HasUnfinishedJobs => !_jobs.IsEmpty;
    public ImmutableArray<Job> Jobs => _jobs;
    public void Add(Job job)
    {
        _jobs = _jobs.Add(job);
        LookWhetherHeld();
    }

    public void ClearJobs()
    {
        _jobs = [];
        LookWhetherHeld();
    }

    /// <summary>A few contacts of the first job that can go on; of jobs that are cut into partitions as many as there is time for.</summary>
    async ValueTask RunJobSliceAsync(IStoreUnit unit, Instant now, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        _sliced.Clear();
        foreach (var job in _jobs)
        {
            if (!job.IsReady)
                continue;
            using (_stages.Slice(job.Document.Kind))
                await job.RunSliceAsync(this, unit, now, cancellationToken);
            await WriteJobAsync(unit, job, now, cancellationToken);
            _sliced.Add(job);
            if (job.Partitions.IsAll || _turn.Items >= _options.ItemsPerCommit || _time.GetElapsedTime(started) > Slice)
                return;
        }
    }

    static async ValueTask WriteJobAsync(IStoreUnit unit, Job job, Instant now, CancellationToken cancellationToken)
    {
        if (!job.IsKept)
            return;
        // The cursor is in the commit of the work: a crash neither repeats nor skips a contact.
        if (job.IsDone)
            await unit.DeleteDocumentAsync(Job.DocumentKind, job.Id, null, cancellationToken);
        else
            await unit.WriteDocumentAsync(Job.DocumentKind, job.Id, job.ToJson(), null, now, cancellationToken);
    }

    void JobsCommitted()
    {
        foreach (var job in _sliced)
            if (job.IsDone)
            {
                _jobs = _jobs.Remove(job);
                if (job is DiscardJob)
                    LookWhetherHeld();
                Telemetry.EngineTelemetry.JobFinished(job.Document.Kind);
                Finished?.Invoke(job);
            }

        _sliced.Clear();
    }

    /// <summary>A job is done and committed: the catalogue takes the next step (a segment goes live, a journey too).</summary>
    public event Action<Job>? Finished;

    /// <summary>One burst of a job for one contact.</summary>
    public async ValueTask StimulateAsync(IStoreUnit unit, ContactId id, Stimulus stimulus, Origin origin, Instant time, CancellationToken cancellationToken)
    {
        var partition = Partition.Of(id);
        var now = Advance(partition, time);
        if (await ReadableAsync(unit, id, stimulus.GetType().Name, now, cancellationToken) is not var (contact, isNew) || contact is null || contact.MergedInto is not null)
            return;
        var copy = contact.Clone();
        var sequence = unit.TakeSequence(partition);
        _turn.Timers++;
        if (!TryRun(contact.Id, copy, new(stimulus, origin, now, now, sequence, StartsAllowed: origin != Origin.Fill)))
            return;
        if (_result.ContactChanged || copy.FlipAt != contact.FlipAt)
            _turn.Touched[copy.Id] = (copy, isNew);
        Gather(copy, contact.FlipAt, sequence, now, isEvent: false);
    }

    /// <summary>Reads these contacts in one go, for a job's slice.</summary>
    public async ValueTask WantAsync(IStoreUnit unit, IEnumerable<ContactId> contacts, CancellationToken cancellationToken)
    {
        _wanted.Clear();
        foreach (var contact in contacts)
            Want(contact);
        await LoadAsync(unit, _wanted, cancellationToken);
    }

    /// <summary>Merges gathered memory into a contact; what a merged contact had goes to its winner, who is decided anew (Semantics 4.5, 7.7).</summary>
    public async ValueTask MergeMemoryAsync(IStoreUnit unit, ContactId id, Dictionary<AggregateId, AggregateMemory> gathered, Instant now, CancellationToken cancellationToken)
    {
        var read = await ReadableAsync(unit, id, "A fill", now, cancellationToken);
        while (read?.Contact?.MergedInto is { } winner)
        {
            if (!Partitions.Contains(Partition.Of(winner)))
            {
                var part = new Contact(read.Value.Contact.Id, read.Value.Contact.CreatedAt);
                foreach (var (aggregate, memory) in gathered)
                    part.Memory[aggregate] = memory;
                _turn.Writes.Relays.Add(new(Partition.Of(id), winner, EntryKind.Absorb, Origin.Merge, now, null, _entryCodec.Encode(new Parcours.Engine.State.EntryBody.Absorb(_contactCodec.Encode(part, State.Kept)))));
                return;
            }

            read = await ReadableAsync(unit, winner, "A fill", now, cancellationToken);
        }

        if (read?.Contact is { } contact)
            await StimulateAsync(unit, contact.Id, new Stimulus.Filled([.. gathered], []), Origin.Fill, now, cancellationToken);
    }

    /// <summary>Whether any contact may be known by an anonymous id alone.</summary>
    public bool HasAnonymous { get; private set; } = true;

    public void StartPruning(Instant now)
    {
        if (!_jobs.Any(job => job is PruneJob))
            Add(new PruneJob(now));
    }

    /// <summary>Takes a contact out of everything that counts it, and out of the store (Semantics 16.2).</summary>
    public void ForgetContact(Contact contact, Instant now)
    {
        var copy = contact.Clone();
        Merging.Release(copy, copy.Id, _result);
        foreach (var membership in _result.Memberships)
            if (membership.Kind is "segment" or "list")
                _turn.Writes.Memberships.Add(new(membership.Kind, membership.Name, contact.Id, Member: false, now));
        foreach (var (key, by) in _result.Counters)
            Count(key, by);
        _turn.Touched.Remove(contact.Id);
        _turn.Read.Remove(contact.Id);
        _turn.Writes.Forgotten.Add(contact.Id);
        AfterCommit(() => Cache.Remove(contact.Id));
    }

    /// <summary>A stored contact; null: it cannot be read. What concerns it says so (Semantics 3.8), a sweep over all passes by.</summary>
    public Contact? Read(ContactBody stored)
    {
        try
        {
            return Parcours.Engine.State.ContactCodec.Decode(stored.Body.Span, State.Kept);
        }
        catch (Exception unreadable) when (unreadable is not (UnknownFormException or OutOfMemoryException or StackOverflowException))
        {
            return null;
        }
    }

    public bool IsTouched(ContactId contact) => _turn.Touched.ContainsKey(contact);
    public bool HasBacklog => _backlog.Count > 0;

    /// <summary>Whether anything of a merged contact may still be on its way to its winner.</summary>
    public bool HasRelays => _relays || _turn.RelaysWritten || _turn.Writes.Relays.Count > 0;

    /// <summary>Gives the contact's waits in this journey another due time; nothing else of them changes.</summary>
    public async ValueTask RetimeAsync(IStoreUnit unit, ContactId id, JourneyId journey, Func<Wait, Instant?> retime, Instant now, CancellationToken cancellationToken)
    {
        if (await ReadableAsync(unit, id, "A new time-zone database", now, cancellationToken) is var (contact, isNew) && contact is { MergedInto: null })
            Retime(contact.Clone(), isNew, journey, retime);
    }

    /// <summary>What a merge brings to a winner that the re-timing has passed already is re-timed here; what it would still come to stays as it is then (Semantics 8.6).</summary>
    void RetimeAbsorbed(Contact copy, bool isNew, Instant now)
    {
        foreach (var job in _jobs)
            if (job is RetimeJob retiming)
                Retime(copy, isNew, retiming.Journey, wait => retiming.Retimed(wait, now));
    }

    void Retime(Contact copy, bool isNew, JourneyId journey, Func<Wait, Instant?> retime)
    {
        for (var place = 0; place < copy.Enrolments.Count; place++)
        {
            var before = copy.Enrolments[place];
            if (before.Journey != journey || before.State is not EnrolmentState.Waiting waiting || retime(waiting.Wait) is var due && due == waiting.Wait.Due)
                continue;
            var after = before with { State = waiting with { Wait = waiting.Wait with { Due = due } }, Revision = before.Revision + 1 };
            copy.Enrolments[place] = after;
            GatherEnrolment(new(before, after));
            _turn.Touched[copy.Id] = (copy, isNew);
        }
    }
}
