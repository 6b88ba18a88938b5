using System.Collections.Immutable;
using System.Text.Json;
using Parcours.Engine;
using Parcours.Engine.Intake;
using Parcours.Http;
using Parcours.Journeys.Contacts;

namespace Parcours.Api;

/// <summary>What a body wants changed of a contact: judged as a whole before anything of it is submitted, since over the API nothing half-happens.</summary>
static class ContactOrders
{
    static readonly string[] Channels = ["email", "sms", "whatsapp"];

    public static ImmutableArray<ContactEdit> Edits(ContactBody body)
    {
        var edits = ImmutableArray.CreateBuilder<ContactEdit>();
        edits.AddRange((body.Tags?.Add ?? []).Select(tag => new ContactEdit.AddTag(tag)));
        edits.AddRange((body.Tags?.Remove ?? []).Select(tag => new ContactEdit.RemoveTag(tag)));
        edits.AddRange((body.Lists?.Add ?? []).Select(list => new ContactEdit.JoinList(list)));
        edits.AddRange((body.Lists?.Remove ?? []).Select(list => new ContactEdit.LeaveList(list)));
        edits.AddRange((body.Consents ?? []).Select(consent => new ContactEdit.SetConsent(consent.Channel, consent.Topic, consent.State)));
        return edits.ToImmutable();
    }

    /// <summary>Every reason against it.</summary>
    public static async Task<IReadOnlyList<ProblemReason>> CheckAsync(IEngine engine, ContactBody body, CancellationToken cancellationToken)
    {
        var reasons = new List<ProblemReason>();
        if (body.Properties is { Count: > 0 } properties)
            await CheckPropertiesAsync(engine, properties, reasons, cancellationToken);
        CheckNames(body.Tags, "/tags", reasons);
        CheckNames(body.Lists, "/lists", reasons);
        foreach (var (list, index) in (body.Lists?.Add ?? []).Select((list, index) => (list, index)))
            if (await engine.Queries.DocumentAsync("list", list, cancellationToken) is null)
                reasons.Add(new("list.unknown", $"/lists/add/{index}", $"There is no list '{list}'. Make it with PUT /api/v1/lists/{list}."));
        foreach (var (consent, index) in (body.Consents ?? []).Select((consent, index) => (consent, index)))
        {
            if (!Channels.Contains(consent.Channel))
                reasons.Add(new("consent.channel", $"/consents/{index}/channel", $"A channel is one of {string.Join(", ", Channels)}."));
            if (consent.Topic != "*" && !engine.Current.Topics.ContainsKey(consent.Topic))
                reasons.Add(new("consent.topic", $"/consents/{index}/topic", $"There is no topic '{consent.Topic}'. Make it with PUT /api/v1/topics/{consent.Topic}, or name * for all."));
        }

        return reasons;
    }

    /// <summary>The types that are declared, read from the catalogue's documents.</summary>
    static async Task CheckPropertiesAsync(IEngine engine, IReadOnlyDictionary<string, JsonElement> properties, List<ProblemReason> reasons, CancellationToken cancellationToken)
    {
        var registry = await DeclaredAsync(engine, properties.Keys, cancellationToken);
        foreach (var (name, value) in properties)
            if (name.Length is 0 or > PropertyRegistry.NameLengthMax)
                reasons.Add(new("property.name", $"/properties/{name}", $"A property's name has 1 to {PropertyRegistry.NameLengthMax} characters."));
            else if (registry.Read(name, value, out _) is { } wrong)
                reasons.Add(new("property.type", $"/properties/{name}", wrong));
    }

    static async Task<PropertyRegistry> DeclaredAsync(IEngine engine, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var definitions = new List<PropertyDefinition>();
        foreach (var name in names)
            if (await engine.Queries.DocumentAsync("property", name, cancellationToken) is { } document)
            {
                var body = JsonSerializer.Deserialize<PropertyBody>(document.Json.Span, CatalogueApi.Kept)!;
                definitions.Add(new(name, Enum.Parse<PropertyType>(body.Type.ToString()), body.Choices ?? [], body.Public, body.Unique));
            }

        return new(definitions);
    }

    static void CheckNames(NamesBody? names, string path, List<ProblemReason> reasons)
    {
        foreach (var (name, index) in (names?.Add ?? []).Select((name, index) => (name, index)))
            if (name.Trim().Length is 0 or > 100)
                reasons.Add(new("name.length", $"{path}/add/{index}", "A name has 1 to 100 characters."));
    }
}
