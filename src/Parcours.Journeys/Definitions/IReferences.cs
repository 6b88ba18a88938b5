using Parcours.Journeys.Contacts;
using Parcours.Journeys.Plans;

namespace Parcours.Journeys.Definitions;

/// <summary>Whether something that a definition names is there.</summary>
public enum ReferenceState
{
    Missing = 0,
    /// <summary>It exists but cannot be used yet: a content that is a draft, a segment that is being filled (Semantics 7.7).</summary>
    NotLive = 1,
    Live = 2,
}

/// <summary>What a check must know of everything that a journey or a segment can name.</summary>
/// <remarks>A snapshot: two questions in one check must not contradict each other. Names are compared exactly.</remarks>
public interface IReferences
{
    /// <param name="channel"><c>email</c>.</param>
    ReferenceState Content(string channel, string name);
    ReferenceState Segment(string name);
    /// <returns>Live also for one that is paused; not live for a draft and one that has ended.</returns>
    ReferenceState Journey(string id);
    bool List(string name);
    /// <summary>The ids of live journeys whose stages this contact property drives.</summary>
    IReadOnlyList<string> JourneysByStage(string property);
    /// <returns>The settings of the live version of a journey; null: it has none, or they are not known.</returns>
    JourneySettings? SettingsOf(string journey) => null;
    /// <returns>Null: there is no such topic.</returns>
    Topic? Topic(string name);
    /// <summary>Whether a user signs in with this e-mail address.</summary>
    bool User(string email) => true;
    /// <summary>Whether there is a team of this name.</summary>
    bool Team(string name) => true;
    /// <summary>Whether there is a stored secret of this name.</summary>
    bool Secret(string name) => true;
    /// <summary>Whether there is a pool of codes of this name.</summary>
    bool Pool(string name) => true;
    /// <returns>A declared action; null: there is none of this name.</returns>
    CustomAction? Action(string name) => null;
    /// <returns>The type of a contact property; null: it takes any, or nobody has declared or sent it yet.</returns>
    ValueKind? PropertyType(string name);
    /// <summary>Whether somebody has declared or sent a contact property of this name.</summary>
    bool Property(string name) => PropertyType(name) is not null;
}

/// <summary>Answers as if everything were there and live: for checking a file where no installation is at hand.</summary>
public sealed class AnyReferences : IReferences
{
    public static AnyReferences Instance { get; } = new();

    public ReferenceState Content(string channel, string name) => ReferenceState.Live;
    public ReferenceState Segment(string name) => ReferenceState.Live;
    public ReferenceState Journey(string id) => ReferenceState.Live;
    public bool List(string name) => true;
    public IReadOnlyList<string> JourneysByStage(string property) => [];
    public Topic? Topic(string name) => new(name, UnknownConsent.NeedsGiven);
    public ValueKind? PropertyType(string name) => null;
}
