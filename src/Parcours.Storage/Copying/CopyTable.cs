namespace Parcours.Storage.Copying;

/// <summary>How a value lies in a column of either store. Names are numbers in SQLite, and text in PostgreSQL.</summary>
enum CopyType
{
    Small,
    Int,
    Long,
    Text,
    Name,
    EventName,
    Bytes,
    Uuid,
}

sealed record CopyColumn(string Name, CopyType Type, bool MayBeNull);

/// <summary>A table as both stores understand it: the same columns, whatever each of them makes of it. What a store can work out by itself (indexes, hashes) is in none.</summary>
/// <param name="Order">By which rows are read: that of the store which cares.</param>
sealed record CopyTable(string Name, IReadOnlyList<CopyColumn> Columns, string Order)
{
    /// <summary>Which column of a contact's number says the partition; null: none, or the table has a column of its own for it.</summary>
    public string? PartitionOf { get; init; }

    public static readonly CopyTable
        Installation = Of("installation", "salt:long sequence:long contact:long message:long received:long", "salt"),
        Partitions = Of("partition", "partition:small cursor:long tail:long clock:long epoch:long", "partition"),
        Generations = Of("seen_generation", "number:long began:long", "number"),
        Seen = Of("seen", "id:uuid body:int generation:long", "id"),
        Holdings = Of("holding", "contact:long high:long merged_into:uuid? identities:bytes", "contact") with { PartitionOf = "contact" },
        Identities = Of("identity", "kind:small value:text contact:long high:long", "contact") with { PartitionOf = "contact" },
        Contacts = Of("contact", "id:long high:long flip_at:long? body:bytes", "id") with { PartitionOf = "id" },
        EventNames = Of("event_name", "name:text", "name"),
        // A contact below zero: an entry of the whole partition -1 - contact.
        Entries = Of("entry", "sequence:long contact:long high:long kind:small origin:small flags:small received:long occurred:long name:event-name? identities:bytes? body:bytes", "sequence"),
        Relays = Of("relay", "sender:small contact:long high:long kind:small origin:small occurred:long name:text? body:bytes", "number"),
        Enrolments = Of("enrolment", "contact:long journey:name number:int high:long id:uuid version:int point:name since:long queue:small due:long? outcome:small? started:long ended:long? why:text? revision:int body:bytes", "contact, journey, number") with { PartitionOf = "contact" },
        Timelines = Of("timeline", "contact:long sequence:long at:long body:bytes", "contact, sequence") with { PartitionOf = "contact" },
        Messages = Of("message", "number:long key:uuid contact:long high:long enrolment:uuid? journey:name version:int point:name visit:int channel:name content:name topic:name purpose:small address:text? decided:long not_before:long expires:long status:small why:text? claimed:long? attempts:int settled:long? hold:long? content_version:int? opens:int clicks:int data:bytes", "number") with { PartitionOf = "contact" },
        SandboxMails = Of("sandbox_mail", "key:uuid contact:long high:long at:long sender:text recipient:text subject:text preheader:text html:text plain:text headers:text", "at"),
        Members = Of("member", "kind:name name:name contact:long high:long at:long", "kind, name, contact") with { PartitionOf = "contact" },
        Counters = Of("counter", "kind:small journey:name version:int point:name edge:name value:long", "kind, journey"),
        Refusals = Of("refusal", "contact:long high:long journey:name starting_point:name reason:name day:int at:long", "number") with { PartitionOf = "contact" },
        OptOuts = Of("opt_out", "contact:long channel:text topic:text reason:text at:long", "contact") with { PartitionOf = "contact" },
        Suppressions = Of("suppression", "address:uuid channel:text reason:text at:long plain:text? ordered_by:text?", "address"),
        Commits = Of("commit_row", "sequence:long clock_before:long clock_after:long first_entry:long last_entry:long entries:int timers:int send_results:int", "sequence"),
        DeadLetters = Of("dead_letter", "partition:small sequence:long at:long why:text body:bytes", "number"),
        Tasks = Of("task", "id:uuid contact:long? high:long? enrolment:uuid? journey:text? point:text? title:text note:text? kind:small priority:small due:long assignee:text? created:long created_by:text? done:long? done_by:text? team:text?", "id"),
        Notifications = Of("notification", "id:uuid reader:text contact:long? high:long? journey:text? point:text? body:text at:long seen:long? kind:small code:text? arguments:text? mailed:long?", "reader, id"),
        Allocators = Of("allocator", "partition:small id:text waits:small state:bytes", "id"),
        Allocations = Of("allocation", "partition:small allocator:text number:long status:small ask:uuid? contact:long? high:long? enrolment:uuid? at:long value:text? expires:long? kept_until:long?", "allocator, number"),
        Alerts = Of("alert", "journey:name code:text detail:text at:long arguments:text?", "number"),
        Documents = Of("document", "kind:text id:text revision:long created:long updated:long json:bytes", "kind, id");

    /// <summary>All there are. What a store reads at its opening comes first.</summary>
    public static IReadOnlyList<CopyTable> All { get; } =
    [
        Installation, Partitions, Generations, Seen, Contacts, Holdings, Identities, EventNames, Entries, Relays, Enrolments, Timelines, Messages, SandboxMails, Members, Counters, Refusals, OptOuts, Suppressions,
        Commits, DeadLetters, Alerts, Tasks, Notifications, Allocators, Allocations, Documents,
    ];

    public int IndexOf(string column)
    {
        for (var index = 0; index < Columns.Count; index++)
            if (Columns[index].Name == column) return index;
        throw new ArgumentException($"{Name} has no column {column}.");
    }

    static CopyTable Of(string name, string columns, string order) => new(name, [.. columns.Split(' ').Select(Column)], order);

    static CopyColumn Column(string said)
    {
        var parts = said.Split(':');
        var type = parts[1].TrimEnd('?');
        return new(parts[0], type switch
        {
            "small" => CopyType.Small,
            "int" => CopyType.Int,
            "long" => CopyType.Long,
            "text" => CopyType.Text,
            "name" => CopyType.Name,
            "event-name" => CopyType.EventName,
            "bytes" => CopyType.Bytes,
            "uuid" => CopyType.Uuid,
            _ => throw new ArgumentException($"{type} is no type of a column."),
        }, parts[1].EndsWith('?'));
    }
}
