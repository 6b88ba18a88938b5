using System.Collections.Immutable;
using NodaTime;
using Parcours.Engine.Intake;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Machine;

namespace Parcours.Engine.State;

/// <summary>What an entry of the journal says, as stored in its body.</summary>
/// <remarks>Edits are typed already: what an entry means does not change with a later definition of a property.</remarks>
public abstract record EntryBody
{
    EntryBody() { }

    public sealed record Received(ImmutableArray<ContactEdit> Edits, ReadOnlyMemory<byte> Properties, string? MessageId, bool StartsJourneys) : EntryBody;
    public sealed record Enrol(JourneyId Journey, ReadOnlyMemory<byte> Data, string? EventKey) : EntryBody;
    public sealed record Remove(EnrolmentId Enrolment, int? Revision, string? Why, bool Bars = false) : EntryBody;
    public sealed record Move(EnrolmentId Enrolment, string Point, int? Revision) : EntryBody;
    public sealed record PutBack(EnrolmentId Enrolment, int? Revision, bool Newest) : EntryBody;
    public sealed record Feedback(EnrolmentId Enrolment, MessageKey Message, long MessageNumber, FeedbackKind Kind, string? Link, string? Detail) : EntryBody;
    public sealed record Resend(EnrolmentId Enrolment, MessageKey Message) : EntryBody;
    public sealed record Erase : EntryBody;
    /// <summary>For the winner: the loser's body.</summary>
    public sealed record Absorb(ReadOnlyMemory<byte> Loser) : EntryBody;
    /// <summary>For an allocator.</summary>
    public sealed record Ask(AllocatorOrder Order) : EntryBody;
    public sealed record Answer(EnrolmentId Enrolment, AskId Question, AllocatorAnswer Said) : EntryBody;
    public sealed record Control(long Revision, string What, string Id) : EntryBody;
    public sealed record Gap(Instant From, Instant To) : EntryBody;
}

/// <summary>Stored form of <see cref="EntryBody"/>: a version byte, a kind, the fields.</summary>
public sealed class EntryCodec
{
    const byte Newest = 1;
    readonly ByteWriter _writer = new();

    public byte[] Encode(EntryBody body)
    {
        var to = _writer;
        to.Clear();
        to.Byte(Newest);
        switch (body)
        {
            case EntryBody.Received received:
                to.Byte(1);
                to.Boolean(received.StartsJourneys);
                to.OptionalText(received.MessageId);
                to.Count(received.Edits.Length);
                foreach (var edit in received.Edits)
                    WriteEdit(to, edit);
                to.Bytes(received.Properties.Span);
                break;
            case EntryBody.Enrol enrol:
                to.Byte(2);
                to.Text(enrol.Journey.Value);
                to.Bytes(enrol.Data.Span);
                to.OptionalText(enrol.EventKey);
                break;
            case EntryBody.Remove remove:
                to.Byte((byte)(remove.Bars ? 14 : 3));
                to.Guid(remove.Enrolment.Value);
                to.Signed(remove.Revision ?? -1);
                to.OptionalText(remove.Why);
                break;
            case EntryBody.Move move:
                to.Byte(4);
                to.Guid(move.Enrolment.Value);
                to.Text(move.Point);
                to.Signed(move.Revision ?? -1);
                break;
            case EntryBody.PutBack order:
                to.Byte(16);
                to.Guid(order.Enrolment.Value);
                to.Signed(order.Revision ?? -1);
                to.Boolean(order.Newest);
                break;
            case EntryBody.Feedback feedback:
                to.Byte(10);
                to.Guid(feedback.Enrolment.Value);
                to.Guid(feedback.Message.Value);
                to.Signed(feedback.MessageNumber);
                to.Byte((byte)feedback.Kind);
                to.OptionalText(feedback.Link);
                to.OptionalText(feedback.Detail);
                break;
            case EntryBody.Resend resend:
                to.Byte(11);
                to.Guid(resend.Enrolment.Value);
                to.Guid(resend.Message.Value);
                break;
            case EntryBody.Erase:
                to.Byte(15);
                break;
            case EntryBody.Absorb absorb:
                to.Byte(7);
                to.Bytes(absorb.Loser.Span);
                break;
            case EntryBody.Ask ask:
                to.Byte(12);
                WriteOrder(to, ask.Order);
                break;
            case EntryBody.Answer answer:
                to.Byte(13);
                to.Guid(answer.Enrolment.Value);
                to.Guid(answer.Question.Value);
                AllocatorCodec.Write(to, answer.Said);
                break;
            case EntryBody.Control control:
                to.Byte(8);
                to.Signed(control.Revision);
                to.Text(control.What);
                to.Text(control.Id);
                break;
            case EntryBody.Gap gap:
                to.Byte(9);
                to.Instant(gap.From);
                to.Instant(gap.To);
                break;
            default: throw new System.Diagnostics.UnreachableException($"No stored form for {body.GetType().Name}.");
        }

        return to.ToArray();
    }

    /// <summary>An empty body says nothing: the store appends such entries where an identity leaves its former holder. Merge entries have a form of their own (<see cref="Ports.MergeBody"/>).</summary>
    public static EntryBody Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return new EntryBody.Received([], default, null, false);
        var from = new ByteReader(bytes);
        from.Version(Newest);
        switch (from.Byte())
        {
            case 1:
                var starts = from.Boolean();
                var messageId = from.OptionalText();
                var edits = ImmutableArray.CreateBuilder<ContactEdit>(from.Count());
                for (var count = edits.Capacity; count > 0; count--)
                    edits.Add(ReadEdit(ref from));
                return new EntryBody.Received(edits.MoveToImmutable(), from.Bytes().ToArray(), messageId, starts);
            case 2: return new EntryBody.Enrol(new(from.Text()), from.Bytes().ToArray(), from.OptionalText());
            case 3: return new EntryBody.Remove(new(from.Guid()), Revision(from.Signed()), from.OptionalText());
            case 4: return new EntryBody.Move(new(from.Guid()), from.Text(), Revision(from.Signed()));
            // Before there were details; the numbers are the same.
            case 5: return new EntryBody.Feedback(new(from.Guid()), new(from.Guid()), from.Signed(), (FeedbackKind)from.Byte(), from.OptionalText(), null);
            case 7: return new EntryBody.Absorb(from.Bytes().ToArray());
            case 8: return new EntryBody.Control(from.Signed(), from.Text(), from.Text());
            case 10: return new EntryBody.Feedback(new(from.Guid()), new(from.Guid()), from.Signed(), (FeedbackKind)from.Byte(), from.OptionalText(), from.OptionalText());
            case 11: return new EntryBody.Resend(new(from.Guid()), new(from.Guid()));
            case 12: return new EntryBody.Ask(ReadOrder(ref from));
            case 13: return new EntryBody.Answer(new(from.Guid()), new(from.Guid()), AllocatorCodec.ReadAnswer(ref from));
            case 14: return new EntryBody.Remove(new(from.Guid()), Revision(from.Signed()), from.OptionalText(), Bars: true);
            case 15: return new EntryBody.Erase();
            case 16: return new EntryBody.PutBack(new(from.Guid()), Revision(from.Signed()), from.Boolean());
            case 9: return new EntryBody.Gap(from.Instant(), from.Instant());
            // No FormatException: it is not damaged but newer than this program, which must not skip it (Semantics 13.4).
            case var unknown: throw new UnknownFormException($"An entry has the unknown kind {unknown}.");
        }
    }

    static void WriteOrder(ByteWriter to, AllocatorOrder order)
    {
        to.Text(order.Allocator.ToString());
        to.Guid(order.Ask.Value);
        to.Guid(order.Contact.Value);
        to.Guid(order.Enrolment.Value);
        to.Text(order.Journey.Value);
        to.Text(order.Point);
        to.Boolean(order.What is not null);
        if (order.What is not { } what)
            return;
        to.Signed(what.Most);
        to.Count(what.Among.Length);
        foreach (var share in what.Among)
        {
            to.Text(share.Name);
            to.Count(share.Weight);
        }
    }

    static AllocatorOrder ReadOrder(ref ByteReader from)
    {
        var order = new AllocatorOrder(AllocatorId.Parse(from.Text()), new(from.Guid()), new(from.Guid()), new(from.Guid()), new(from.Text()), from.Text(), null);
        if (!from.Boolean())
            return order;
        var most = from.Signed();
        var among = ImmutableArray.CreateBuilder<Share>();
        for (var count = from.Count(); count > 0; count--)
            among.Add(new(from.Text(), from.Count()));
        return order with { What = new(most, among.ToImmutable()) };
    }

    static int? Revision(long stored) => stored < 0 ? null : (int)stored;

    static void WriteEdit(ByteWriter to, ContactEdit edit)
    {
        switch (edit)
        {
            case ContactEdit.SetProperty set: to.Byte(1); to.Text(set.Name); to.Value(set.Value); break;
            case ContactEdit.AddTag add: to.Byte(2); to.Text(add.Tag); break;
            case ContactEdit.RemoveTag remove: to.Byte(3); to.Text(remove.Tag); break;
            case ContactEdit.JoinList join: to.Byte(4); to.Text(join.List); break;
            case ContactEdit.LeaveList leave: to.Byte(5); to.Text(leave.List); break;
            case ContactEdit.Suppress suppress: to.Byte(7); to.Text(suppress.Address); to.Boolean(suppress.On); break;
            case ContactEdit.Bar bar: to.Byte(8); to.Text(bar.Journey.Value); to.Boolean(bar.On); break;
            case ContactEdit.Archive archive: to.Byte(9); to.Boolean(archive.On); break;
            case ContactEdit.SetConsent consent: to.Byte(6); to.Text(consent.Channel); to.Text(consent.Topic); to.Byte((byte)consent.State); break;
            default: throw new System.Diagnostics.UnreachableException($"No stored form for {edit.GetType().Name}.");
        }
    }

    static ContactEdit ReadEdit(ref ByteReader from) => from.Byte() switch
    {
        1 => new ContactEdit.SetProperty(from.Text(), from.Value()),
        2 => new ContactEdit.AddTag(from.Text()),
        3 => new ContactEdit.RemoveTag(from.Text()),
        4 => new ContactEdit.JoinList(from.Text()),
        5 => new ContactEdit.LeaveList(from.Text()),
        6 => new ContactEdit.SetConsent(from.Text(), from.Text(), (ConsentState)from.Byte()),
        7 => new ContactEdit.Suppress(from.Text(), from.Boolean()),
        8 => new ContactEdit.Bar(new(from.Text()), from.Boolean()),
        9 => new ContactEdit.Archive(from.Boolean()),
        var unknown => throw new UnknownFormException($"An entry has the unknown edit {unknown}."),
    };
}
