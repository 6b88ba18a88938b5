namespace Parcours.Channels.Webhooks;

/// <summary>Where webhooks find what must not stand in journeys.</summary>
public interface IWebhookSecrets
{
    /// <returns>A stored secret; null: there is none of this name.</returns>
    /// <exception cref="SealedSecretException">Its key is not here.</exception>
    ValueTask<string?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>With which keys the installation signs: the newest first, and for a while after a change the one before.</summary>
    /// <exception cref="SealedSecretException">Its key is not here.</exception>
    ValueTask<IReadOnlyList<string>> SigningAsync(CancellationToken cancellationToken);
}
