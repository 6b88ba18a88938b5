using Parcours.Journeys.Schedules;
using Parcours.Journeys.Texts;

namespace Parcours.Journeys.Definitions;

public sealed partial class CheckContext
{
    readonly List<Use> _uses;
    readonly string? _place;

    /// <summary>Notes that the definition names this here. The checks of names do so by themselves; who names something in another way says it.</summary>
    public void Uses(UsedKind kind, string name)
    {
        if (!string.IsNullOrWhiteSpace(name))
            _uses.Add(new(kind, name, _place));
    }

    /// <summary>Tags come about by being given: there is nothing to look up.</summary>
    public void Tag(string name, string field)
    {
        Named(name, field);
        Uses(UsedKind.Tag, name);
    }

    /// <summary>Events come about by happening.</summary>
    public void Event(string name, string field)
    {
        Named(name, field);
        Uses(UsedKind.Event, name);
    }

    /// <summary>A contact property that is written: it comes about by that.</summary>
    public void Target(string property, string field)
    {
        Named(property, field);
        Uses(UsedKind.Property, property);
    }

    /// <summary>The contact properties that a text with fields shows.</summary>
    internal void Uses(FieldText text)
    {
        foreach (var property in text.Properties)
            Uses(UsedKind.Property, property);
    }

    /// <inheritdoc cref="Uses(FieldText)"/>
    internal void Uses(FieldJson json)
    {
        foreach (var text in json.Texts)
            Uses(text);
    }

    /// <summary>Where the contact's own zone counts, the properties that say it are used.</summary>
    internal void Uses(ZoneChoice zone)
    {
        if (!zone.OfContact)
            return;
        foreach (var property in ZoneChoice.HeardProperties)
            Uses(UsedKind.Property, property);
    }
}
