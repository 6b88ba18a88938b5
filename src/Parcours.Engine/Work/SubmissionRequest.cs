using System.Collections.Immutable;
using Parcours.Engine.Intake;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Work;

/// <summary>One call of <c>IEngine.SubmitAsync</c> on its way through the worker.</summary>
sealed class SubmissionRequest(IReadOnlyList<Submission> submissions)
{
    readonly TaskCompletionSource<IReadOnlyList<SubmissionResult>> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<Submission> Submissions { get; } = submissions;
    public SubmissionResult[] Results { get; } = new SubmissionResult[submissions.Count];

    /// <summary>What is written in the transaction that appends; null: nothing.</summary>
    public WriteBeside? Beside { get; init; }

    /// <summary>Of whoever waits for it, if that one is traced.</summary>
    public System.Diagnostics.ActivityContext Trace { get; } = System.Diagnostics.Activity.Current?.Context ?? default;

    /// <summary>Whether it is answered when it is durable; else when it is processed too (Semantics 15.9).</summary>
    public bool IsIntake { get; init; }

    /// <summary>Items whose bursts are not committed yet.</summary>
    public int Open { get; set; } = submissions.Count;

    public Task<IReadOnlyList<SubmissionResult>> Completion => _done.Task;

    public void Complete() => _done.TrySetResult(Results);
    public void Fail(Exception exception) => _done.TrySetException(exception);
}

/// <summary>An entry that was appended and waits for its burst; with the item that waits for it, if somebody does.</summary>
/// <param name="IsAnswer">Whether this entry is the item's own (not a merge that it brought about).</param>
readonly record struct BacklogEntry(JournalEntry Entry, SubmissionRequest? Request, int Index, bool IsAnswer)
{
    /// <summary>What the entry says, where it was appended just now; null: it is read from the entry.</summary>
    public EntryBody? Body { get; init; }

    /// <summary>What whoever waits for it elsewhere is told; null: nobody can.</summary>
    public Reply? Reply { get; init; }

    public void Refuse(Refusal refusal)
    {
        Reply?.Refuse(refusal);
        if (Request is null || !IsAnswer)
            return;
        var result = Request.Results[Index];
        Request.Results[Index] = result with { Outcome = SubmissionOutcome.Refused, Refusals = result.Refusals.Add(refusal) };
    }

    /// <summary>A part was not taken; the rest was.</summary>
    public void Part(Refusal refusal)
    {
        Reply?.Parts.Add(refusal);
        if (Request is not null && IsAnswer)
            Request.Results[Index] = Request.Results[Index] with { Refusals = Request.Results[Index].Refusals.Add(refusal) };
    }

    /// <summary>The contact was already what the entry says.</summary>
    public void LeaveAsItWas()
    {
        if (Reply is not null)
            Reply.LeftAsItWas = true;
        if (Request is not null && IsAnswer)
            Request.Results[Index] = Request.Results[Index] with { LeftAsItWas = true };
    }

    public void Enter(EnrolmentId enrolment)
    {
        if (Reply is not null)
            Reply.Entered = enrolment;
        if (Request is not null && IsAnswer)
            Request.Results[Index] = Request.Results[Index] with { Entered = enrolment };
    }
}

/// <summary>What a sender reports of one message (Semantics 10.5).</summary>
sealed record SendReport(MessageRow Row, SendResult Result)
{
    /// <summary>It was not handed over, and its claim is void.</summary>
    public static SendResult ClaimAgain { get; } = new(SendOutcome.TryLater, "claim again", NodaTime.Duration.Zero);

    /// <summary>The same of one that no sender has looked at: it was no attempt.</summary>
    public static SendResult NotBegun { get; } = new(SendOutcome.TryLater, "not begun", NodaTime.Duration.Zero);
}
