namespace Parcours.Channels.Webhooks;

#pragma warning disable CA1032 // It says one thing.
/// <summary>A secret is there, and sealed with a key that is not: an operator can mend that.</summary>
public sealed class SealedSecretException(string name) : Exception($"the secret '{name}' is sealed with a key that is not here")
{
    public string SecretName { get; } = name;
}
#pragma warning restore CA1032
