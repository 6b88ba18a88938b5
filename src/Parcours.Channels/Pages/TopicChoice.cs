namespace Parcours.Channels.Pages;

/// <summary>One topic as a reader of mail can choose it.</summary>
/// <param name="Name">As the form sends it.</param>
/// <param name="Title">What people read.</param>
/// <param name="IsWanted">Whether mail on it is sent now.</param>
public sealed record TopicChoice(string Name, string Title, bool IsWanted);
