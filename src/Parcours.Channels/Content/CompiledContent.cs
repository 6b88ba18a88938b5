using System.Collections.Frozen;
using System.Globalization;
using Parcours.Journeys.Definitions;
using Parcours.Journeys.Plans;

namespace Parcours.Channels.Content;

/// <summary>One version of content, ready to be rendered: compile once, render from any thread.</summary>
public sealed class CompiledContent
{
    readonly FrozenDictionary<string, CompiledText> _texts;
    readonly string _defaultLanguage;

    CompiledContent(EmailContent content, IReadOnlyList<ContentProblem> problems)
    {
        Problems = problems;
        Tracking = new(content.TrackOpens, content.TrackClicks);
        Mark = Links.LinkTarget.MarkOf(content.Name);
        NamesViewLink = content.Texts.Values.Any(text => new[] { text.Subject, text.Preheader, text.Html, text.Text }.Any(MayNameViewLink));
        _defaultLanguage = content.DefaultLanguage;
        _texts = IsSound
            ? content.Texts.ToFrozenDictionary(text => text.Key, text => new CompiledText(text.Key, text.Value))
            : FrozenDictionary<string, CompiledText>.Empty;
    }

    /// <summary>Compiles content. With errors in it, it is compiled all the same and every render fails, naming the first.</summary>
    public static CompiledContent Compile(EmailContent content) => new(content, ContentCheck.Check(content));

    public IReadOnlyList<ContentProblem> Problems { get; }

    /// <summary>What its author lets be noticed.</summary>
    public MessageTracking Tracking { get; }

    /// <summary>Tells its links from those of other content.</summary>
    public uint Mark { get; }

    /// <summary>Whether any of its words may show the link to see the mail in a browser: where none does, none need be signed.</summary>
    public bool NamesViewLink { get; }

    // However it is written: links.view, [links]/view, {{#with links}}{{view}}.
    static bool MayNameViewLink(string? template) =>
        template is not null && template.Contains("links", StringComparison.Ordinal) && template.Contains("view", StringComparison.Ordinal);

    /// <summary>Whether there is no error; warnings do not count.</summary>
    public bool IsSound => Problems.All(problem => problem.Severity != Severity.Error);

    /// <summary>Fills the mail in. Never throws for what is the content's or the contact's fault.</summary>
    /// <remarks>Hot path: 3 to 10 µs for a mail of 7 KB; docs/content.md has the measurement.</remarks>
    public RenderOutcome Render(MailFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (_texts.Count == 0)
            return new RenderOutcome.Failed(RenderFailure.Content, null, $"The content has errors: {Problems.First(problem => problem.Severity == Severity.Error).Text}");

        var text = Choose(fields.Language);
        var scope = RenderScope.Begin(CultureFor(text.Language, fields.Language), fields.Zone, fields.EventIsOpen);
        try
        {
            return text.Render(scope, new TemplateObject(new RootFields(fields), ""), fields);
        }
        catch (RenderException failure)
        {
            return new RenderOutcome.Failed(failure.Code, failure.Path, failure.Message);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The template library fails in ways of its own on templates that are odd enough: that is this mail's failure, not the outbox's.
            for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
                if (cause is RenderException known)
                    return new RenderOutcome.Failed(known.Code, known.Path, known.Message);
            return new RenderOutcome.Failed(RenderFailure.Content, null, "The template cannot be carried out.");
        }
    }

    CompiledText Choose(string? wanted)
    {
        if (wanted is not null && _texts.TryGetValue(wanted, out var exact))
            return exact;
        return _texts[Languages.Best(wanted, _texts.Keys) ?? _defaultLanguage];
    }

    /// <summary>Numbers and dates follow the contact's region where the words are in the contact's language, else the words.</summary>
    static CultureInfo CultureFor(string words, string? wanted)
    {
        var own = Languages.Find(words) ?? CultureInfo.InvariantCulture;
        return Languages.Find(wanted) is { } contact && contact.TwoLetterISOLanguageName == own.TwoLetterISOLanguageName ? contact : own;
    }

    /// <summary>contact, event, journey, links: the four names that a template begins with.</summary>
    sealed class RootFields(MailFields fields) : TemplateFields
    {
        public override IEnumerable<string> Names => ["contact", "event", "journey", "links"];

        public override object? Find(string name) => name switch
        {
            "contact" => fields.Contact,
            "event" => fields.Event,
            "journey" => new Named("name", fields.JourneyName, null, null),
            "links" => new Named("unsubscribe", fields.UnsubscribeLink, "view", fields.ViewLink),
            _ => null,
        };
    }

    sealed class Named(string first, string? firstValue, string? second, string? secondValue) : TemplateFields
    {
        public override IEnumerable<string> Names => second is null ? [first] : [first, second];

        public override object? Find(string name) => name == first ? firstValue : name == second ? secondValue : null;
    }
}
