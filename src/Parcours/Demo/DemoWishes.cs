namespace Parcours.Demo;

/// <summary>What was asked of the demo.</summary>
/// <param name="Exit">End after the table instead of serving.</param>
/// <param name="Json">One JSON object on the last line instead of the table.</param>
readonly record struct DemoWishes(bool Exit, bool Json);
