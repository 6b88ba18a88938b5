using System.Collections.Immutable;

namespace Parcours.Journeys.Machine;

/// <summary>What a webhook asks of a receiver: filled when it was decided, so that each try says the same (Semantics 5.4).</summary>
/// <param name="Body">UTF-8 JSON; empty: none.</param>
/// <param name="SignWith">The name of the stored secret that signs it; null: the installation's own.</param>
/// <param name="WantsAnswer">Whether what comes back is kept, so that an answer that cannot be read is asked for again.</param>
public sealed record WebRequest(string Method, string Url, ImmutableArray<WebHeader> Headers, ReadOnlyMemory<byte> Body, string? SignWith, bool WantsAnswer);

/// <param name="Secret">The name of a stored secret that follows the value when it is sent; null: none does.</param>
public sealed record WebHeader(string Name, string Value, string? Secret);
