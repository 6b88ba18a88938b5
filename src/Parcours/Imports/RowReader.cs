using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Parcours.Engine.Intake;
using Parcours.Intake;
using Parcours.Journeys.Contacts;

namespace Parcours.Imports;

/// <summary>Makes of a row what the engine takes, or says every reason why it cannot.</summary>
/// <remarks>Hot path: an import reads every row twice. Not thread-safe.</remarks>
sealed class RowReader(ImportKind kind, ImportWishes wishes, IReadOnlyList<ImportColumn> columns, ImportCatalogue catalogue, CellTimes times, int cellsMin) : IDisposable
{
    // Semantics 16.1: a contact's properties.
    const int ContactBytesMax = 64 * 1024, IdLengthMax = 512, MessageIdLengthMax = 100;

    readonly ArrayBufferWriter<byte> _traitBytes = new(), _propertyBytes = new();
    readonly Utf8JsonWriter _traits = new(Stream.Null), _properties = new(Stream.Null);
    readonly ImmutableArray<ContactEdit>.Builder _edits = ImmutableArray.CreateBuilder<ContactEdit>();
    readonly ImmutableArray<Identity>.Builder _identities = ImmutableArray.CreateBuilder<Identity>(4);
    bool _named;
    Instant? _time;
    string? _event, _messageId;

    /// <summary>Whether cells are looked at to find out what their columns are: the first pass.</summary>
    public bool Sees { get; init; }

    /// <summary>Reads the current row.</summary>
    /// <param name="reasons">Filled where it is bad.</param>
    /// <returns>Without a message id of its own where no column has one; null where it is bad.</returns>
    public Submission? Read(CsvTable table, List<RowReason> reasons)
    {
        reasons.Clear();
        CheckCells(table, reasons);
        Begin();
        foreach (var column in columns)
        {
            var cell = table[column.Index];
            if (cell.Length > 0)
                Take(column, cell, reasons);
            else if (wishes.Empty == EmptyCell.Clear && column.Target is ImportTarget.Property { OfContact: true } property)
                _traits.WriteNull(property.Name);
        }

        Finish(reasons);
        return reasons.Count > 0 ? null : Made();
    }

    void CheckCells(CsvTable table, List<RowReason> reasons)
    {
        if (table.Count < cellsMin)
            reasons.Add(new("row.cells", "", $"The row has {Cells(table.Count)}, the header {cellsMin}.") { Arguments = Fields(table) });
        for (var index = cellsMin; index < table.Count; index++)
            if (table[index].Length > 0)
            {
                reasons.Add(new("row.cells", "", $"The row has {Cells(table.Count)}, the header {cellsMin}. A field with a {(table.Delimiter == '\t' ? "tab" : table.Delimiter)} in it must be in quotation marks.") { Arguments = Fields(table) });
                return;
            }
    }

    Dictionary<string, string> Fields(CsvTable table) => new() { ["fields"] = Said(table.Count), ["of"] = Said(cellsMin) };

    static string Said(int number) => number.ToString(CultureInfo.InvariantCulture);

    static string Cells(int count) => count == 1 ? "1 field" : $"{count} fields";

    void Begin()
    {
        _traitBytes.ResetWrittenCount();
        _propertyBytes.ResetWrittenCount();
        _traits.Reset(_traitBytes);
        _properties.Reset(_propertyBytes);
        _traits.WriteStartObject();
        _properties.WriteStartObject();
        _edits.Clear();
        _identities.Clear();
        (_named, _time, _event, _messageId) = (false, null, wishes.Event, null);
        foreach (var tag in wishes.Tags)
            _edits.Add(new ContactEdit.AddTag(tag));
        foreach (var list in wishes.Lists)
            _edits.Add(new ContactEdit.JoinList(list));
    }

    void Take(ImportColumn column, string cell, List<RowReason> reasons)
    {
        if (Sees)
            column.Count();
        switch (column.Target)
        {
            case ImportTarget.Named named:
                TakeIdentity(column, named.Kind, cell, reasons);
                break;
            case ImportTarget.Property property:
                if (Sees)
                    column.See(cell);
                TakeValue(column, property, cell, reasons);
                break;
            case ImportTarget.Tags:
                foreach (var tag in CellWords.Names(cell))
                    if (IsName(column, tag, reasons))
                        _edits.Add(new ContactEdit.AddTag(tag));
                break;
            case ImportTarget.Lists:
                foreach (var list in CellWords.Names(cell))
                    if (catalogue.Lists.Contains(list))
                        _edits.Add(new ContactEdit.JoinList(list));
                    else
                        reasons.Add(new("list.unknown", column.Header, ImportColumns.UnknownList(Shown(list)), Shown(list)));
                break;
            case ImportTarget.Tag tag:
                if (YesNo(column, cell, reasons) is { } tagged)
                    _edits.Add(tagged ? new ContactEdit.AddTag(tag.Name) : new ContactEdit.RemoveTag(tag.Name));
                break;
            case ImportTarget.List list:
                if (YesNo(column, cell, reasons) is { } joins)
                    _edits.Add(joins ? new ContactEdit.JoinList(list.Name) : new ContactEdit.LeaveList(list.Name));
                break;
            case ImportTarget.Consent consent:
                if (!CellWords.TryConsent(cell, out var state))
                    reasons.Add(new("consent.invalid", column.Header, $"'{Shown(cell)}' says neither that consent was given nor that it was refused. Write yes, no or unknown.", Shown(cell)));
                else if (state != ConsentState.Unknown)
                    _edits.Add(new ContactEdit.SetConsent(consent.Channel, consent.Topic, state));
                break;
            case ImportTarget.Time:
                if (times.TryInstant(cell, out var instant))
                    _time = instant;
                else
                    reasons.Add(new("time.invalid", column.Header, $"'{Shown(cell)}' is no time such as 2026-11-22T09:30:00Z, between 1900 and 2199. For another form say --date-format, e.g. \"dd/MM/yyyy HH:mm\".", Shown(cell)));
                break;
            case ImportTarget.EventName:
                _event = cell;
                if (cell.Length > 200)
                    reasons.Add(new("event.name", column.Header, "An event's name has 200 characters at most.", Shown(cell)));
                break;
            case ImportTarget.MessageId:
                _messageId = cell;
                if (cell.Length > MessageIdLengthMax)
                    reasons.Add(new("message-id.length", column.Header, $"A message id has {MessageIdLengthMax} characters at most.", Shown(cell)));
                break;
        }
    }

    void TakeIdentity(ImportColumn column, IdentityKind identity, string cell, List<RowReason> reasons)
    {
        _named = true;
        switch (identity)
        {
            case IdentityKind.Email:
                if (EmailAddress.Problem(cell) is { } wrong)
                    reasons.Add(new("email.invalid", column.Header, $"'{Shown(cell)}' is no e-mail address: {wrong}", Shown(cell)));
                else if (kind == ImportKind.Enrolments)
                    _identities.Add(new(IdentityKind.Email, cell));
                else
                    _traits.WriteString("email", cell);
                break;
            case IdentityKind.Phone:
                var number = wishes.Country is { } country ? CallingCodes.International(cell, country) : cell;
                if (IdentityForms.Phone(number) is { } phone && kind == ImportKind.Enrolments)
                    _identities.Add(new(IdentityKind.Phone, phone));
                else if (IdentityForms.Phone(number) is { } described)
                    _traits.WriteString("phone", described);
                else
                    reasons.Add(new("phone.invalid", column.Header, $"'{Shown(cell)}' is no telephone number with + and its country's code.{(wishes.Country is null ? " For numbers of one country say --country, e.g. FR." : "")}", Shown(cell)));
                break;
            default:
                if (cell.Length > IdLengthMax)
                    reasons.Add(new("id.length", column.Header, $"An id has {IdLengthMax} characters at most.", Shown(cell)));
                _identities.Add(new(identity, cell));
                break;
        }
    }

    void TakeValue(ImportColumn column, ImportTarget.Property property, string cell, List<RowReason> reasons)
    {
        var writer = property.OfContact ? _traits : _properties;
        switch (column.Type)
        {
            case CellType.Number:
                if (CellNumbers.TryRead(cell, column.Mark, out var number))
                    writer.WriteNumber(property.Name, number);
                else
                    Wrong("number.invalid", column, cell, "a number", reasons);
                break;
            case CellType.Boolean:
                if (CellWords.TryYesNo(cell, out var yes))
                    writer.WriteBoolean(property.Name, yes);
                else
                    Wrong("yes-no.invalid", column, cell, "yes or no", reasons);
                break;
            case CellType.Date:
                if (times.TryDate(cell, out var date))
                    writer.WriteString(property.Name, LocalDatePattern.Iso.Format(date));
                else
                    Wrong("date.invalid", column, cell, "a date such as 2026-11-22 that the calendar has (for another form say --date-format, e.g. dd/MM/yyyy)", reasons);
                break;
            case CellType.DateTime:
                if (times.TryInstant(cell, out var instant))
                    writer.WriteString(property.Name, InstantPattern.ExtendedIso.Format(instant));
                else
                    Wrong("time.invalid", column, cell, "a date and time such as 2026-11-22T09:30:00Z (for another form say --date-format, e.g. \"dd/MM/yyyy HH:mm\")", reasons);
                break;
            case CellType.Choice when column.Declared is { } declared:
                if (Choice(declared, cell) is { } choice)
                    writer.WriteString(property.Name, choice);
                else
                    Wrong("choice.invalid", column, cell, $"one of {string.Join(", ", declared.Choices)}", reasons, declared);
                break;
            case CellType.Choices:
                TakeChoices(column, property, cell, writer, reasons);
                break;
            default:
                writer.WriteString(property.Name, cell);
                break;
        }
    }

    static void TakeChoices(ImportColumn column, ImportTarget.Property property, string cell, Utf8JsonWriter writer, List<RowReason> reasons)
    {
        var names = CellWords.Names(cell);
        if (column.Declared is { } declared)
        {
            if (names.Find(name => Choice(declared, name) is null) is { } unknown)
            {
                Wrong("choice.invalid", column, unknown, $"any of {string.Join(", ", declared.Choices)}", reasons, declared);
                return;
            }

            names = names.ConvertAll(name => Choice(declared, name)!);
        }

        writer.WriteStartArray(property.Name);
        foreach (var name in names)
            writer.WriteStringValue(name);
        writer.WriteEndArray();
    }

    static string? Choice(PropertyDefinition declared, string said) =>
        declared.Choices.FirstOrDefault(choice => choice == said) ?? declared.Choices.FirstOrDefault(choice => string.Equals(choice, said, StringComparison.OrdinalIgnoreCase));

    static void Wrong(string code, ImportColumn column, string cell, string expected, List<RowReason> reasons, PropertyDefinition? choices = null) => reasons.Add(new(code, column.Header, $"'{Shown(cell)}' is not {expected}.", Shown(cell))
    {
        Arguments = choices is null ? null : new Dictionary<string, string> { ["choices"] = string.Join(", ", choices.Choices) },
    });

    static bool? YesNo(ImportColumn column, string cell, List<RowReason> reasons)
    {
        if (CellWords.TryYesNo(cell, out var yes))
            return yes;
        reasons.Add(new("yes-no.invalid", column.Header, $"'{Shown(cell)}' is neither yes nor no.", Shown(cell)));
        return null;
    }

    static bool IsName(ImportColumn column, string name, List<RowReason> reasons)
    {
        if (name.Length <= 100)
            return true;
        reasons.Add(new("name.length", column.Header, $"'{Shown(name)}' has more than 100 characters.", Shown(name)));
        return false;
    }

    void Finish(List<RowReason> reasons)
    {
        _traits.WriteEndObject();
        _properties.WriteEndObject();
        _traits.Flush();
        _properties.Flush();
        if (!_named)
            reasons.Add(new("identity.missing", "", "Nothing in the row says who it is: the columns for that are empty."));
        if (kind == ImportKind.Events && _event is null)
            reasons.Add(new("event.missing", "", "The row has no event's name."));
        if (_traitBytes.WrittenCount > ContactBytesMax)
            reasons.Add(new("row.size", "", string.Create(CultureInfo.InvariantCulture, $"The row has {_traitBytes.WrittenCount / 1024} KB for one contact; {ContactBytesMax / 1024} KB are the most.")));
        if (_propertyBytes.WrittenCount > IntakeLimits.Default.EventBytes)
            reasons.Add(new("row.size", "", string.Create(CultureInfo.InvariantCulture, $"The row has {_propertyBytes.WrittenCount / 1024} KB for one event; {IntakeLimits.Default.EventBytes / 1024} KB are the most.")));
    }

    Submission Made() => kind == ImportKind.Enrolments ? Entering() : new()
    {
        Body = new SubmissionBody.Received(
            _edits.ToImmutable(), _traitBytes.WrittenCount > 2 ? _traitBytes.WrittenSpan.ToArray() : default,
            kind == ImportKind.Events ? _event : null, kind == ImportKind.Events ? _propertyBytes.WrittenSpan.ToArray() : default),
        Origin = Origin.Import,
        Identities = _identities.ToImmutable(),
        MessageId = _messageId,
        Timestamp = _time,
        StartsJourneys = wishes.StartJourneys,
    };

    /// <summary>As by hand: whoever is not known is told, and not made.</summary>
    Submission Entering() => new()
    {
        Body = new SubmissionBody.Enrol(new(wishes.Journey ?? ""), _propertyBytes.WrittenSpan.ToArray(), null),
        Origin = Origin.Person,
        Identities = _identities.ToImmutable(),
        CreatesContact = false,
    };

    public void Dispose()
    {
        _traits.Dispose();
        _properties.Dispose();
    }

    static string Shown(string text) => ImportGuesses.Shown(text);
}
