using System.Collections.Frozen;
using System.Security.Claims;
using System.Text.Json;
using Parcours.Engine;
using Parcours.Engine.Intake;
using Parcours.Journeys.Contacts;
using Parcours.Security;

namespace Parcours.Api;

/// <summary>What a caller may see of values (Semantics 11.4): who only reads sees that a sensitive property has one, not which.</summary>
/// <param name="masked">The properties whose sensitive ones are hidden; null: nothing is.</param>
sealed class Mask(PropertyRegistry? masked)
{
    public const string Hidden = "•••";

    // Shorter texts are found everywhere by chance, and say nothing.
    const int TellingLength = 4;

    // Outcomes, statuses and edges whose reason somebody else may have worded: a provider, an exception, a person.
    static readonly FrozenSet<string> Quoting = FrozenSet.ToFrozenSet(["failed", "removed", "inDoubt", "bounced", "complained"], StringComparer.OrdinalIgnoreCase);

    readonly PropertyRegistry _properties = masked ?? PropertyRegistry.Empty;

    /// <summary>Whoever is not for certain an admin is masked.</summary>
    public static Mask For(ClaimsPrincipal user, IEngine engine) => new(Access.Has(user, KeyScope.Admin) ? null : engine.Properties);

    /// <summary>What a mail says, or a reason quotes, may be any property: where one is sensitive, none is shown.</summary>
    public bool HidesTexts => _properties.Sensitive.Count > 0;

    public object? Property(string name, Value value) => !value.IsNone && Hides(name) ? Hidden : ContactView.Plain(value);

    public string Identity(IdentityKind kind, string value) => kind switch
    {
        IdentityKind.Email => Hides("email"),
        IdentityKind.Phone => Hides("phone"),
        _ => false,
    } ? Hidden : value;

    /// <summary>Where a message went: by channel an e-mail address, a telephone number, or an address on the web, whose path may hold anything.</summary>
    public string Address(string channel, string value) => channel == "webhook" ? Text(value) : Identity(channel == "email" ? IdentityKind.Email : IdentityKind.Phone, value);

    /// <summary>A line that may say anything.</summary>
    public string Text(string line) => HidesTexts && line.Length > 0 ? Hidden : line;

    /// <summary>Why something ended as it did. What failed, and what a person wrote, may quote anything: only the code before the colon is shown.</summary>
    /// <param name="how">The outcome, the status or the edge.</param>
    public string? Reason(string? how, string? why) =>
        why is not null && how is not null && Quoting.Contains(how) && why is not ("merged" or "erased" or "barred") ? Failure(why) : why;

    public string Failure(string why) => !HidesTexts ? why : why.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? $"{why[..colon]}: {Hidden}" : Hidden;

    /// <summary>An event's properties without those named as a sensitive one, at any depth, and without those that repeat what the contact has in one.</summary>
    public JsonElement? Event(ReadOnlyMemory<byte> properties, Contact contact)
    {
        if (!HidesTexts)
            return RawJson.Of(properties);
        var secrets = contact.Properties.Where(property => Hides(property.Key)).SelectMany(property => Texts(property.Value.Value))
            .Concat(contact.Identities.Where(identity => Identity(identity.Kind, identity.Value) == Hidden).Select(identity => identity.Value))
            .Where(text => text.Length >= TellingLength).ToList();
        using var given = JsonDocument.Parse(properties);
        using var covered = new MemoryStream();
        using (var to = new Utf8JsonWriter(covered))
            Cover(given.RootElement, "", secrets, to);
        return RawJson.Of(covered.ToArray());
    }

    void Cover(JsonElement given, string path, List<string> secrets, Utf8JsonWriter to)
    {
        switch (given.ValueKind)
        {
            case not JsonValueKind.Null when HidesPath(path):
            case JsonValueKind.String when secrets.Exists(secret => given.GetString()!.Contains(secret, StringComparison.OrdinalIgnoreCase)):
                to.WriteStringValue(Hidden);
                break;
            case JsonValueKind.Object:
                to.WriteStartObject();
                foreach (var field in given.EnumerateObject())
                {
                    to.WritePropertyName(field.Name);
                    Cover(field.Value, $"{path}.{field.Name}", secrets, to);
                }

                to.WriteEndObject();
                break;
            case JsonValueKind.Array:
                to.WriteStartArray();
                foreach (var item in given.EnumerateArray())
                    Cover(item, path, secrets, to);
                to.WriteEndArray();
                break;
            default:
                given.WriteTo(to);
                break;
        }
    }

    /// <summary>Whether the path, or its end after any dot, is the name of a sensitive property: <c>.traits.address.city</c> is <c>address.city</c> and <c>city</c>.</summary>
    bool HidesPath(string path)
    {
        for (var dot = path.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = path.IndexOf('.', dot + 1))
            if (_properties.Sensitive.Contains(path[(dot + 1)..]))
                return true;
        return false;
    }

    static IEnumerable<string> Texts(Value value) => value.Kind switch
    {
        ValueKind.Text => [value.AsText],
        ValueKind.Texts => value.AsTexts,
        _ => [],
    };

    /// <summary>Whether values of this property are shown, and so may be looked for.</summary>
    public bool Shows(string property) => !Hides(property);

    bool Hides(string property) => _properties.Sensitive.Contains(property);
}
