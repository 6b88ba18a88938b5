namespace Parcours.Engine.Ports;

/// <summary>How far the rows of an erased contact have gone.</summary>
public enum Erasing
{
    Done = 0,
    /// <summary>There is more to drop.</summary>
    More = 1,
    /// <summary>A message is on its way: the rest goes when it is settled.</summary>
    Waits = 2,
}
