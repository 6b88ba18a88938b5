namespace Parcours.Api.Intake;

/// <summary>The answer to a request of the intake that was read.</summary>
/// <param name="Refused">Items that were not taken; null when all were.</param>
/// <param name="Partly">Items that were taken but for a part; null when all were taken whole.</param>
public sealed record IntakeAnswer(bool Success, IReadOnlyList<IntakeAnswer.Item>? Refused = null, IReadOnlyList<IntakeAnswer.Item>? Partly = null)
{
    /// <param name="Index">Place in the batch, from 0.</param>
    public sealed record Item(int Index, string Code, string Reason, string? MessageId);
}
