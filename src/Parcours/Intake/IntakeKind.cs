namespace Parcours.Intake;

/// <summary>What an item of the intake says, as Segment's HTTP API names it.</summary>
public enum IntakeKind
{
    Identify,
    Track,
    Page,
    Screen,
    Group,
    Alias,
}
