using System.Globalization;
using Parcours.Api;
using Parcours.Channels.Pages;
using Parcours.Engine;
using Parcours.Engine.Catalogues;
using Parcours.Engine.Ports;
using Parcours.Http;
using Parcours.Journeys.Machine;

namespace Parcours.Web;

/// <summary>The plain page at <c>/</c>: journeys with their figures and the sandbox mailbox. It stands here until the web application comes.</summary>
sealed class HomePages(IEngine engine)
{
    const int JourneysMax = 200;
    const int MailsAPage = 25;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/", (HttpContext context, HomePages pages, [Microsoft.AspNetCore.Mvc.FromQuery(Name = "after")] string? after) => pages.AnswerHomeAsync(context, after)).ExcludeFromDescription();
        app.MapGet("/mail/{key}", (HttpContext context, HomePages pages, string key) => pages.AnswerMailAsync(context, key)).ExcludeFromDescription();
        app.MapGet("/mail/{key}/body", (HttpContext context, HomePages pages, string key) => pages.AnswerBodyAsync(context, key)).ExcludeFromDescription();
    }

    async Task AnswerHomeAsync(HttpContext context, string? after)
    {
        var (texts, cancellationToken) = (PageTexts.Of(context.Request), context.RequestAborted);
        var say = new LocalForms(texts);
        var page = new PageQuery { Limit = MailsAPage, After = after };
        var (before, beforeKey) = SandboxCursor.Read(page);
        var mails = page.Of(await engine.Queries.SandboxMailsAsync(before, beforeKey, MailsAPage + 1, cancellationToken), mail => mail, SandboxCursor.Of);
        var mailbox = Mailbox(texts, say, mails, Mask.For(context.User, engine), after is not null);
        if (after is not null)
        {
            await Pages.AnswerAsync(context, texts, texts["mail.title"], mailbox);
            return;
        }

        var journeys = await engine.Catalogue.JourneysAsync(null, JourneysMax, cancellationToken);
        var figures = await JourneyFigures.ReadAsync(engine.Queries, null, cancellationToken);
        var totals = await engine.Queries.CountersAsync(CounterKind.Total, null, cancellationToken);
        var sent = (await engine.Queries.CountersAsync(CounterKind.MessageSettled, null, cancellationToken)).Where(pair => pair.Key.Edge == "sent").Sum(pair => pair.Value);
        var all = figures.Values.Aggregate(JourneyFigures.None, (sum, one) => new(sum.Started + one.Started, sum.InProgress + one.InProgress, sum.Completed + one.Completed, sum.Successful + one.Successful));
        await Pages.AnswerAsync(context, texts, texts["home.title"], Html.Of($"""
            <section><div class="head"><h1>{texts["home.title"]}</h1><span class="note">{texts.Fill("home.asOf", ("time", say.Time(engine.Now)))}</span></div>
            <dl class="figures">
            <div class="now"><dt>{texts["home.inNow"]}</dt><dd>{say.Number(all.InProgress)}</dd></div>
            <div><dt>{texts["home.started"]}</dt><dd>{say.Number(all.Started)}</dd></div>
            <div><dt>{texts["home.successful"]}</dt><dd>{say.Number(all.Successful)}</dd></div>
            <div><dt>{texts["home.messages"]}</dt><dd>{say.Number(sent)}</dd></div>
            <div><dt>{texts["home.contacts"]}</dt><dd>{say.Number(totals.Where(pair => pair.Key.Point == "contacts").Sum(pair => pair.Value))}</dd></div>
            </dl>{Journeys(texts, say, journeys, figures, all)}</section>{mailbox}
            """));
    }

    static Html Journeys(PageTexts texts, LocalForms say, IReadOnlyList<JourneyDocument> journeys, IReadOnlyDictionary<JourneyId, JourneyFigures> figures, JourneyFigures all)
    {
        if (journeys.Count == 0)
            return Html.Of($"""<div class="card"><p class="empty">{texts["home.empty"]}</p></div>""");
        var rows = journeys.Select(journey => Row(texts, say, journey, figures.GetValueOrDefault(journey.Id, JourneyFigures.None)));
        return Html.Of($"""
            <div class="card scroll"><table><thead><tr><th scope="col">{texts["home.journey"]}</th><th scope="col">{texts["home.state"]}</th><th scope="col" class="n">{texts["home.started"]}</th>
            <th scope="col" class="n">{texts["home.inProgress"]}</th><th scope="col" class="n">{texts["home.completed"]}</th><th scope="col" class="n">{texts["home.successful"]}</th></tr></thead>
            <tbody>{rows}</tbody>
            <tfoot><tr><th scope="row" colspan="2">{texts["home.total"]}</th><td class="n">{say.Number(all.Started)}</td><td class="n">{say.Number(all.InProgress)}</td><td class="n">{say.Number(all.Completed)}</td><td class="n">{say.Number(all.Successful)}</td></tr></tfoot></table></div>
            """);
    }

    static Html Row(PageTexts texts, LocalForms say, JourneyDocument journey, JourneyFigures figures)
    {
        var state = journey.Status.ToString().ToLowerInvariant();
        var description = string.IsNullOrWhiteSpace(journey.Description) ? Html.Empty : Html.Of($"""<span class="desc">{journey.Description}</span>""");
        var share = figures.Completed == 0 ? Html.Empty : Html.Of($"""<span class="desc">{say.Share(figures.Successful, figures.Completed)}</span>""");
        return Html.Of($"""
            <tr><th scope="row">{journey.Name}{description}</th><td><span class="chip {state}">{texts["state." + state]}</span></td><td class="n">{say.Number(figures.Started)}</td>
            <td class="n now">{say.Number(figures.InProgress)}</td><td class="n">{say.Number(figures.Completed)}</td><td class="n">{say.Number(figures.Successful)}{share}</td></tr>
            """);
    }

    static Html Mailbox(PageTexts texts, LocalForms say, Page<SandboxMail> mails, Mask mask, bool alone)
    {
        var title = alone ? Html.Of($"<h1>{texts["mail.title"]}</h1>") : Html.Of($"<h2>{texts["mail.title"]}</h2>");
        if (mails.Items.Count == 0)
            return Html.Of($"""<section id="mail">{title}<p class="lead">{texts["mail.lead"]}</p><div class="card"><p class="empty">{texts["mail.empty"]}</p></div></section>""");
        var rows = mails.Items.Select(mail => Html.Of($"""
            <tr><td><a class="subject" href="/mail/{mail.Key.ToString()}">{mask.Text(mail.Subject)}</a><span class="pre">{mask.Text(mail.Preheader)}</span></td><td class="to">{mask.Address("email", mail.To)}</td><td class="n quiet">{say.Time(mail.At)}</td></tr>
            """));
        var newest = alone ? Html.Of($"""<a href="/#mail">{texts["mail.newest"]}</a>""") : Html.Empty;
        var older = mails.Next is null ? Html.Empty : Html.Of($"""<a class="older" href="/?after={mails.Next}" rel="next">{texts["mail.older"]}</a>""");
        var pages = alone || mails.Next is not null ? Html.Of($"""<nav class="pages" aria-label="{texts["mail.title"]}">{newest}{older}</nav>""") : Html.Empty;
        return Html.Of($"""
            <section id="mail">{title}<p class="lead">{texts["mail.lead"]}</p>
            <div class="card"><div class="scroll"><table><thead><tr><th scope="col">{texts["mail.subject"]}</th><th scope="col">{texts["mail.to"]}</th><th scope="col" class="n">{texts["mail.at"]}</th></tr></thead><tbody>{rows}</tbody></table></div>{pages}</div></section>
            """);
    }

    async Task AnswerMailAsync(HttpContext context, string key)
    {
        var texts = PageTexts.Of(context.Request);
        if (Mask.For(context.User, engine).HidesTexts)
        {
            await new ProblemAnswer(Problems.MailHidden).ExecuteAsync(context);
            return;
        }

        if (await FindAsync(key, context.RequestAborted) is not { } mail)
        {
            context.Response.StatusCode = 404;
            return;
        }

        var say = new LocalForms(texts);
        using var headers = System.Text.Json.JsonDocument.Parse(mail.HeadersJson);
        var lines = string.Join("\n", headers.RootElement.EnumerateObject().Select(header => $"{header.Name}: {header.Value}"));
        await Pages.AnswerAsync(context, texts, mail.Subject, Html.Of($"""
            <p class="back"><a href="/#mail">{texts["mail.back"]}</a></p>
            <div class="head"><h1>{mail.Subject}</h1></div>
            <div class="card"><dl class="facts"><dt>{texts["mail.from"]}</dt><dd>{mail.From}</dd><dt>{texts["mail.to"]}</dt><dd>{mail.To}</dd><dt>{texts["mail.at"]}</dt><dd>{say.Time(mail.At)}</dd></dl>
            <iframe src="/mail/{mail.Key.ToString()}/body" title="{texts["mail.frame"]}" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
            <details><summary>{texts["mail.asText"]}</summary><pre>{mail.Text}</pre></details>
            <details><summary>{texts["mail.headers"]}</summary><pre>{lines}</pre></details></div>
            """));
    }

    async Task<IResult> AnswerBodyAsync(HttpContext context, string key) =>
        Mask.For(context.User, engine).HidesTexts ? new ProblemAnswer(Problems.MailHidden)
        : await FindAsync(key, context.RequestAborted) is { } mail ? new PublicPageAnswer(ViewPage.RenderForOthers("", mail.Subject, mail.Html, mail.Text)) : new ProblemAnswer(Problems.NotFound($"message {key}"));

    ValueTask<SandboxMail?> FindAsync(string key, CancellationToken cancellationToken) =>
        MessagesApi.KeyOf(key) is { } known ? engine.Queries.SandboxMailAsync(known, cancellationToken) : default;
}

/// <summary>Numbers and times as the language of the page writes them.</summary>
readonly struct LocalForms(PageTexts texts)
{
    readonly CultureInfo _culture = CultureInfo.GetCultureInfo(texts.Language == "en" ? "en-GB" : texts.Language);

    public string Number(long number) => number.ToString("N0", _culture);
    public string Time(NodaTime.Instant instant) => instant.ToDateTimeUtc().ToString("d MMM yyyy, HH:mm", _culture) + " UTC";
    public string Share(long part, long whole) => ((double)part / whole).ToString("P0", _culture);
}
