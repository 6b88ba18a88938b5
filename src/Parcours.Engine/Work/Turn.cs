using Parcours.Engine.Allocators;
using Parcours.Engine.Ports;
using Parcours.Engine.State;
using Parcours.Engine.Telemetry;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.Work;

/// <summary>What one turn has gathered for its commit. Reused from turn to turn.</summary>
sealed class Turn
{
    public WriteSet Writes { get; } = new();
    /// <summary>Contacts as they will be after the commit, with whether they have no row yet.</summary>
    public Dictionary<ContactId, (Contact Contact, bool New)> Touched { get; } = [];
    /// <summary>Contacts read and not changed.</summary>
    public Dictionary<ContactId, Contact?> Read { get; } = [];
    /// <summary>Contacts whose rows cannot be read, with why.</summary>
    public Dictionary<ContactId, string> Damaged { get; } = [];
    public Dictionary<EnrolmentId, (Enrolment Enrolment, bool New)> Enrolments { get; } = [];
    /// <summary>Rows of enrolments that went along with a merged contact, as its partition keeps them.</summary>
    public List<EnrolmentRow> Moved { get; } = [];
    public List<MessageRow> Messages { get; } = [];
    /// <summary>Allocators that were asked in this turn.</summary>
    public Dictionary<AllocatorId, AllocatorDesk> Desks { get; } = [];
    public List<SubmissionRequest> Answered { get; } = [];
    /// <summary>For whoever waits at another node.</summary>
    public List<Reply> Replies { get; } = [];
    public List<SendReport> Reports { get; } = [];
    /// <summary>Messages of which something came back in this turn, as they are since.</summary>
    public Dictionary<MessageKey, MessageRow> Answers { get; } = [];
    public Dictionary<ContactId, ReadOnlyMemory<byte>> Bodies { get; } = [];
    /// <summary>Stored forms of contacts, enrolments and timelines on their way into the store.</summary>
    public BodyBuffer BodiesWritten { get; } = new();
    public TurnTally Tally { get; } = new();
    public int Entries { get; set; }
    public int Timers { get; set; }
    public int Results { get; set; }
    public long FirstEntry { get; set; }
    public long LastEntry { get; set; }

    public bool RelaysWritten { get; set; }

    public int Items => Entries + Timers + Results;

    public void Clear()
    {
        Writes.Clear();
        Touched.Clear();
        Read.Clear();
        Damaged.Clear();
        Enrolments.Clear();
        Moved.Clear();
        Messages.Clear();
        Desks.Clear();
        Answered.Clear();
        Replies.Clear();
        Reports.Clear();
        Answers.Clear();
        Tally.Clear();
        Bodies.Clear();
        BodiesWritten.Clear();
        Entries = Timers = Results = 0;
        FirstEntry = LastEntry = 0;
        RelaysWritten = false;
    }
}
