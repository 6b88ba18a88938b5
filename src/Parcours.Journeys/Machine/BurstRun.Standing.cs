using Parcours.Journeys.Contacts;

namespace Parcours.Journeys.Machine;

/// <summary>Who is kept out of journeys whatever their rules say: Semantics 6.15 (bars) and 6.16 (the archive).</summary>
sealed partial class BurstRun
{
    /// <summary>Why the contact does not come into this journey at all; null: nothing is said against it.</summary>
    string? KeptOut(JourneyId journey) => _contact.IsArchived ? "archived" : _contact.IsBarredFrom(journey) ? "barred" : null;

    static string TextOf(string refusal) => refusal switch
    {
        "archived" => "The contact is archived: bring it back first.",
        "barred" => "The contact is kept out of this journey: let it in again first.",
        _ => $"The journey's rules forbid it: {refusal}.",
    };

    void MarkAll()
    {
        for (var place = 0; place < _index.Segments.Length; place++)
            Mark(place);
    }

    /// <summary>What was said of either holds of both: stopping is eager.</summary>
    void UniteStanding(Contact other)
    {
        foreach (var journey in other.Barred)
            if (!_contact.Barred.Contains(journey))
            {
                _contact.Barred = _contact.Barred.Add(journey).Sort();
                _result.Changes.Add(new ContactChange.JourneyBarred(journey, true));
            }
        if (other.ArchivedAt is not { } since || _contact.IsArchived)
            return;
        _contact.ArchivedAt = since;
        _result.Changes.Add(new ContactChange.Archived(true));
    }

    /// <summary>Where the contact is stored anyway: bars from journeys that are gone.</summary>
    void ForgetBars()
    {
        if (_contact.Barred.IsEmpty || !_result.ContactChanged || _catalogue.Existing is not { } existing)
            return;
        foreach (var journey in _contact.Barred)
            if (!existing.Contains(journey))
                _contact.Barred = _contact.Barred.Remove(journey);
    }
}
