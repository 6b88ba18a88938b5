using System.Collections.Concurrent;
using Parcours.Channels.Content;
using Parcours.Channels.Pages;
using Parcours.Security;

namespace Parcours.Api;

/// <summary>Rendered mails that somebody looks at while editing: kept for a moment, so that a frame can show each as a page of its own, with a policy of its own.</summary>
/// <remarks>A frame with the HTML inside it would inherit the application's policy, which forbids the styles that mails live by.</remarks>
sealed class Frames(TimeProvider time)
{
    const int Most = 50;
    static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    readonly ConcurrentDictionary<string, (RenderOutcome.Mail Mail, long Until)> _kept = new(StringComparer.Ordinal);

    /// <returns>Its address.</returns>
    public string Keep(RenderOutcome.Mail mail)
    {
        var now = time.GetTimestamp();
        foreach (var (key, held) in _kept.OrderBy(pair => pair.Value.Until))
            if (held.Until < now || _kept.Count >= Most)
                _kept.TryRemove(key, out _);
        var name = Secrets.New();
        _kept[name] = (mail, now + (long)(KeptFor.TotalSeconds * time.TimestampFrequency));
        return $"/api/v1/content/frames/{name}";
    }

    public PublicPage? Find(string name) =>
        _kept.TryGetValue(name, out var held) && held.Until >= time.GetTimestamp() ? ViewPage.RenderForOthers(held.Mail.Language, held.Mail.Subject, held.Mail.Html, held.Mail.Text) : null;
}
