using System.Globalization;
using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Parcours.Tests.Api;

namespace Parcours.Tests.Gallery;

/// <summary>Somebody who travels a ready-made journey: what they do, and how it went as a table.</summary>
sealed class Walker
{
    static readonly InstantPattern Clock = InstantPattern.CreateWithInvariantCulture("ddd dd MMM HH:mm");

    readonly Installation _installation;
    readonly Caller _api;
    readonly string _user, _contact;

    Walker(Installation installation, Caller api, string user, string contact) => (_installation, _api, _user, _contact) = (installation, api, user, contact);

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A contact who has consented to all topics.</summary>
    public static async Task<Walker> ComeAsync(Installation installation, Caller api, string user)
    {
        var consents = string.Join(",", (await api.GetAsync("/api/v1/topics")).Json.GetProperty("items").EnumerateArray().Select(topic => $$"""{"channel":"email","topic":"{{topic.GetProperty("id").GetString()}}","state":"given"}"""));
        var made = await api.PostAsync("/api/v1/contacts", $$"""{"userId":"{{user}}","email":"{{user}}@example.org","consents":[{{consents}}]}""");
        Assert.True(made.Status == 201, made.Text);
        return new(installation, api, user, made.Json.GetProperty("id").GetString()!);
    }

    public Task PassAsync(Duration time) => _installation.Engine.AdvanceToAsync(_installation.Engine.Now + time, Cancel);

    /// <summary>The day so many days from now, or that day years ago.</summary>
    public string DateAfter(int days, int yearsAgo = 0) => _installation.Engine.Now.InUtc().Date.PlusDays(days).PlusYears(-yearsAgo).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    public async Task DoesAsync(string name)
    {
        var answer = await _api.PostAsync("/api/v1/events", $$$"""{"event":"{{{name}}}","userId":"{{{_user}}}","properties":{"name":"Tea"}}""");
        Assert.True(answer.Status == 201, answer.Text);
        await _installation.Engine.SettleAsync(Cancel);
    }

    public Task JoinsAsync(string list) => ChangesAsync($$$"""{"lists":{"add":["{{{list}}}"]}}""");
    public Task TaggedAsync(string tag) => ChangesAsync($$$"""{"tags":{"add":["{{{tag}}}"]}}""");
    public Task SetsAsync(string property, string value) => ChangesAsync($$$"""{"properties":{"{{{property}}}":"{{{value}}}"}}""");

    async Task ChangesAsync(string json)
    {
        var answer = await _api.PatchAsync($"/api/v1/contacts/{_contact}", json);
        Assert.True(answer.Status == 200, answer.Text);
        await _installation.Engine.SettleAsync(Cancel);
    }

    /// <summary>To the newest mail that this contact got.</summary>
    public async Task FeedsBackAsync(string what, string? link = null)
    {
        var key = (await _api.GetAsync($"/api/v1/messages?contact={_contact}")).Json.GetProperty("items")[0].GetProperty("key").GetString();
        var answer = await _api.PostAsync($"/api/v1/messages/{key}/feedback", link is null ? $$"""{"type":"{{what}}"}""" : $$"""{"type":"{{what}}","link":"{{link}}"}""");
        Assert.True(answer.Status is 200 or 201 or 202, answer.Text);
        await _installation.Engine.SettleAsync(Cancel);
    }

    /// <summary>When, what happened, and the points that it led past; then the mails, the tasks and the end.</summary>
    public async Task<string> TellAsync(JsonElement journey)
    {
        var names = journey.GetProperty("definition").GetProperty("points").EnumerateObject().ToDictionary(point => point.Name, point => point.Value.GetProperty("name").GetString()!);
        var table = new StringBuilder();
        foreach (var item in (await _api.GetAsync($"/api/v1/contacts/{_contact}/events?limit=200")).Json.GetProperty("items").EnumerateArray().Reverse())
        {
            var trails = item.TryGetProperty("journeys", out var travelled) ? travelled.EnumerateArray().ToList() : [];
            var way = string.Join(" | ", trails.Select(trail => string.Join(" → ", trail.GetProperty("steps").EnumerateArray().Select(step => Step(step, names)))));
            var changes = item.TryGetProperty("changes", out var changed) ? string.Join(", ", changed.EnumerateArray().Select(Change).Where(change => change.Length > 0)) : "";
            var what = item.TryGetProperty("event", out var name) ? name.GetString()! : trails.Count > 0 ? trails[0].GetProperty("cause").GetString()! : "";
            if (way.Length > 0 || changes.Length > 0 || item.TryGetProperty("event", out _))
                table.Append(string.Create(CultureInfo.InvariantCulture, $"{At(item.GetProperty("at"))}  {what,-18} {way}{(changes.Length > 0 ? $"{(way.Length > 0 ? "  " : "")}[{changes}]" : "")}").TrimEnd()).Append('\n');
        }

        foreach (var mail in (await _api.GetAsync($"/api/v1/messages?contact={_contact}")).Json.GetProperty("items").EnumerateArray().Reverse())
            table.Append(CultureInfo.InvariantCulture, $"{At(mail.GetProperty("decidedAt"))}  mail {mail.GetProperty("status").GetString()}: {mail.GetProperty("content").GetString()}\n");
        foreach (var task in (await _api.GetAsync($"/api/v1/tasks?contact={_contact}")).Json.GetProperty("items").EnumerateArray())
            table.Append(CultureInfo.InvariantCulture, $"{At(task.GetProperty("due"))}  task due: {task.GetProperty("title").GetString()}\n");
        var trips = (await _api.GetAsync($"/api/v1/contacts/{_contact}/enrolments")).Json.EnumerateArray().Select(trip => trip.TryGetProperty("outcome", out var outcome) ? outcome.GetString()! : "inside").ToList();
        return table.Append(CultureInfo.InvariantCulture, $"ended: {(trips.Count == 0 ? "never began" : string.Join(", ", trips))}\n").ToString();
    }

    static string At(JsonElement time) => Clock.Format(Instant.FromDateTimeOffset(time.GetDateTimeOffset()));

    static string Step(JsonElement step, Dictionary<string, string> names)
    {
        var name = names.GetValueOrDefault(step.GetProperty("point").GetString()!, step.GetProperty("point").GetString()!);
        return step.TryGetProperty("edge", out var edge) ? edge.GetString() is var taken and not "next" ? $"{name} ({taken})" : name : $"{name} …";
    }

    static string Change(JsonElement change) => change.GetProperty("kind").GetString() switch
    {
        "tagAdded" => $"tag {change.GetProperty("name")}",
        "tagRemoved" => $"tag {change.GetProperty("name")} gone",
        "listJoined" => $"on list {change.GetProperty("name")}",
        "listLeft" => $"off list {change.GetProperty("name")}",
        "propertySet" => $"{change.GetProperty("name")} = {(change.TryGetProperty("after", out var after) ? after.ToString() : "nothing")}",
        "segmentEntered" => $"in segment {change.GetProperty("name")}",
        "segmentLeft" => $"out of segment {change.GetProperty("name")}",
        _ => "",
    };
}
