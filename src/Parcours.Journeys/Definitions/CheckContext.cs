using System.Globalization;
using NodaTime;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Contacts;
using Parcours.Journeys.Definitions.Json;
using Parcours.Journeys.Schedules;
using Parcours.Journeys.Texts;

namespace Parcours.Journeys.Definitions;

/// <summary>Where one part of a definition tells its problems; it knows the part's place in the document.</summary>
public sealed partial class CheckContext
{
    /// <summary>The longest wait (Semantics 16.4): five years.</summary>
    public static readonly Duration WaitMax = Duration.FromDays(5 * 365);

    /// <summary>The longest name of a tag, list, event, property, path …</summary>
    public const int NameLengthMax = 200;

    readonly List<Problem> _problems;
    readonly string _path;
    readonly string? _point;

    /// <param name="uses">Filled with what is named.</param>
    /// <param name="place">The starting point that is checked, which has problems by its path alone.</param>
    internal CheckContext(JourneyDefinition definition, IReferences references, IReadOnlySet<string> points, List<Problem> problems, List<Use> uses, string path = "", string? point = null, string? place = null)
    {
        (Definition, References, Points, _problems, _uses, _path, _point, _place) = (definition, references, points, problems, uses, path, point, place ?? point);
        Settings = definition.Settings ?? new();
    }

    public JourneyDefinition Definition { get; }
    public JourneySettings Settings { get; }
    public IReferences References { get; }

    /// <summary>The ids of all points, those with problems included.</summary>
    public IReadOnlySet<string> Points { get; }

    internal CheckContext At(string path, string? point = null, string? place = null) => new(Definition, References, Points, _problems, _uses, path, point, place);

    /// <param name="field">The tail of a JSON pointer, without a slash in front; empty: the part itself.</param>
    public void Error(string code, string field, string text, params ReadOnlySpan<(string Name, string Value)> arguments) =>
        Add(Severity.Error, code, field, text, arguments);

    /// <inheritdoc cref="Error"/>
    public void Warning(string code, string field, string text, params ReadOnlySpan<(string Name, string Value)> arguments) =>
        Add(Severity.Warning, code, field, text, arguments);

    void Add(Severity severity, string code, string field, string text, ReadOnlySpan<(string Name, string Value)> arguments)
    {
        Dictionary<string, string>? named = null;
        foreach (var (name, value) in arguments)
            (named ??= [])[name] = value;
        _problems.Add(new(severity, code, field.Length == 0 ? _path : $"{_path}/{field}", _point, text, named));
    }

    /// <summary>A name that must say something.</summary>
    public void Named(string name, string field)
    {
        if (string.IsNullOrWhiteSpace(name))
            Error(ProblemCodes.NameEmpty, field, "Here belongs a name.");
        else if (name.Length > NameLengthMax)
            Error(ProblemCodes.NameTooLong, field, $"A name has at most {NameLengthMax} characters.", ("max", NameLengthMax.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Names of which each may stand only once.</summary>
    public void Unique(IEnumerable<(string Name, string Field)> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, field) in names)
            if (!seen.Add(name))
                Error(ProblemCodes.NameTaken, field, $"'{name}' stands here twice; give each a name of its own.", ("name", name));
    }

    /// <summary>A wait, time-out or interval: longer than nothing, at most five years.</summary>
    public void Wait(Duration duration, string field)
    {
        if (duration <= Duration.Zero)
            Error(ProblemCodes.WaitNotPositive, field, "A wait is longer than nothing.", ("duration", IsoDuration.Format(duration)));
        else if (duration > WaitMax)
            Error(ProblemCodes.WaitTooLong, field, "A wait is at most five years (P1825D).", ("duration", IsoDuration.Format(duration)));
    }

    /// <summary>A time-out in field <c>timeout</c>, and the way out in <c>onTimeout</c> that only makes sense with it.</summary>
    public void Timeout(Duration? timeout, string? onTimeout)
    {
        if (timeout is { } most)
            Wait(most, "timeout");
        else if (onTimeout is not null)
            Error(ProblemCodes.TimeoutMissing, "timeout", "There is a way out for the time-out but no time-out; set timeout, or remove onTimeout.");
    }

    /// <summary>A time zone in field <c>zone</c>: one of the two words, or a name.</summary>
    public void Zone(string? zone)
    {
        if (ZoneChoice.Parse(zone) is { } choice)
            Uses(choice);
        else
            Error(ProblemCodes.ZoneUnknown, "zone", $"'{zone}' is no time zone; use journey, contact or an IANA name such as Europe/Paris.", ("zone", zone ?? ""));
    }

    public void Content(string channel, string name, string field)
    {
        Named(name, field);
        if (string.IsNullOrWhiteSpace(name))
            return;
        Uses(UsedKind.Content, name);
        switch (References.Content(channel, name))
        {
            case ReferenceState.Missing:
                Error(ProblemCodes.ContentMissing, field, $"There is no content '{name}'; create it, or name another.", ("name", name), ("channel", channel));
                break;
            case ReferenceState.NotLive:
                Error(ProblemCodes.ContentNotLive, field, $"The content '{name}' is a draft, and a draft is never sent; publish it.", ("name", name), ("channel", channel));
                break;
        }
    }

    public void Segment(string name, string field)
    {
        Named(name, field);
        if (string.IsNullOrWhiteSpace(name))
            return;
        Uses(UsedKind.Segment, name);
        switch (References.Segment(name))
        {
            case ReferenceState.Missing:
                Error(ProblemCodes.SegmentMissing, field, $"There is no segment '{name}'; create it, or name another.", ("name", name));
                break;
            case ReferenceState.NotLive:
                Error(ProblemCodes.SegmentNotLive, field, $"The segment '{name}' is being filled; publish when it is done.", ("name", name));
                break;
        }
    }

    /// <summary>Another journey. One that is not live yet is no error: of two that name each other one must go live first.</summary>
    public void Journey(string id, string field)
    {
        Named(id, field);
        if (string.IsNullOrWhiteSpace(id))
            return;
        if (id != Definition.Id)
            Uses(UsedKind.Journey, id);
        if (id == Definition.Id)
            Error(ProblemCodes.JourneyItself, field, "This is the journey itself; name another one, or use a go to or an end.");
        else if (References.Journey(id) is var state and not ReferenceState.Live)
        {
            if (state == ReferenceState.Missing)
                Error(ProblemCodes.JourneyMissing, field, $"There is no journey '{id}'; create it, or name another.", ("name", id));
            else
                Warning(ProblemCodes.JourneyNotLive, field, $"The journey '{id}' is not live: nobody can enter it until it is.", ("name", id));
        }
    }

    public void List(string name, string field)
    {
        Named(name, field);
        Uses(UsedKind.List, name);
        if (!string.IsNullOrWhiteSpace(name) && !References.List(name))
            Error(ProblemCodes.ListMissing, field, $"There is no list '{name}'; create it, or name another.", ("name", name));
    }

    public void Topic(string name, string field)
    {
        Named(name, field);
        Uses(UsedKind.Topic, name);
        if (!string.IsNullOrWhiteSpace(name) && References.Topic(name) is null)
            Error(ProblemCodes.TopicUnknown, field, $"There is no topic '{name}'; create it, or name another.", ("name", name));
    }

    /// <summary>Who may do tasks and be notified. A user may be added later, and one who has left does not stop a journey: the task is there all the same.</summary>
    public void User(string email, string field)
    {
        Named(email, field);
        Uses(UsedKind.User, email);
        if (!string.IsNullOrWhiteSpace(email) && !References.User(email))
            Warning(ProblemCodes.UserUnknown, field, $"Nobody signs in as '{email}'; choose another user, or add this one.", ("name", email));
    }

    /// <summary>Several users by one name: who they are is asked when it is needed.</summary>
    public void Team(string name, string field)
    {
        Named(name, field);
        Uses(UsedKind.Team, name);
        if (!string.IsNullOrWhiteSpace(name) && !References.Team(name))
            Error(ProblemCodes.TeamMissing, field, $"There is no team '{name}'; make it under Settings, Users, or name another.", ("name", name));
    }

    /// <summary>A secret that is kept outside of journeys.</summary>
    public void Secret(string name, string field)
    {
        Named(name, field);
        Uses(UsedKind.Secret, name);
        if (!string.IsNullOrWhiteSpace(name) && !References.Secret(name))
            Error(ProblemCodes.SecretMissing, field, $"There is no stored secret '{name}'; store it under Settings, Webhooks, or name another.", ("name", name));
    }

    /// <summary>A pool of codes.</summary>
    public void Pool(string name, string field)
    {
        Named(name, field);
        Uses(UsedKind.Pool, name);
        if (!string.IsNullOrWhiteSpace(name) && !References.Pool(name))
            Error(ProblemCodes.PoolMissing, field, $"There is no pool of codes '{name}'; make it under Settings, Coupons, or name another.", ("name", name));
    }

    /// <summary>A name in the journey's data.</summary>
    public void DataName(string? name, string field)
    {
        if (name is not null && (name.Length is 0 or > NameLengthMax || name.Any(static letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or '-'))))
            Error(ProblemCodes.DataName, field, "A name in the journey's data has letters, digits, - and _ alone.", ("name", name));
    }

    /// <summary>A text that is longer than a name.</summary>
    public void Length(string text, int most, string field)
    {
        if (text.Length > most)
            Error(ProblemCodes.TextTooLong, field, $"This text has at most {most} characters.", ("max", most.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>The fields in a text.</summary>
    public void Fields(string text, string field) => Fields(text, field, "event");

    /// <param name="data">How fields of the data begin.</param>
    internal void Fields(string text, string field, string data)
    {
        if (FieldText.TryParse(text, data, out var problem) is { } read)
            Uses(read);
        else
            Error(ProblemCodes.TextField, field, problem!, ("text", text.Length > NameLengthMax ? text[..NameLengthMax] : text));
    }

    /// <summary>A contact property that is read: one that nobody has sent yet is likely a slip, but it may come.</summary>
    public void Property(string name, string field)
    {
        Named(name, field);
        Uses(UsedKind.Property, name);
        if (!string.IsNullOrWhiteSpace(name) && References is not AnyReferences && !References.Property(name))
            Warning(ProblemCodes.PropertyUnknown, field, $"No contact has a property '{name}' so far; look whether it is spelt as it is sent.", ("name", name));
    }

    /// <summary>Whether a value is of its property's type.</summary>
    public void ValueFits(string property, Value value, string field)
    {
        if (!value.IsNone)
            TypeFits(property, value.Kind, field);
    }

    /// <summary>Whether what a property gets is of its type.</summary>
    public void TypeFits(string property, ValueKind kind, string field)
    {
        if (References.PropertyType(property) is { } type && type != kind)
            Error(ProblemCodes.ValueType, field, $"'{property}' is of type {Name(type)}, and this is of type {Name(kind)}.", ("property", property), ("expected", Name(type)), ("actual", Name(kind)));
    }

    static string Name(ValueKind kind) => kind switch
    {
        ValueKind.DateTime => "dateTime",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
