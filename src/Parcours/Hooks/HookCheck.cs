using Parcours.Http;

namespace Parcours.Hooks;

/// <summary>Every problem of a hook as it is to be saved; codes <c>hook.*</c>.</summary>
static class HookCheck
{
    const int NameLengthMax = 64, TitleLengthMax = 200, EventLengthMax = 500, FieldsMax = 100, FieldLengthMax = 200;

    public static List<ProblemReason> Check(string name, string? title, HookMapping mapping, HookSignature? signature)
    {
        var reasons = new List<ProblemReason>();
        if (name.Length is 0 or > NameLengthMax || name.Any(letter => !char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter is not ('-' or '_')))
            reasons.Add(new("hook.name", "/name", $"A name has 1 to {NameLengthMax} characters: lower-case letters, digits, - and _."));
        if (title?.Length > TitleLengthMax)
            reasons.Add(new("hook.title", "/title", $"A title has at most {TitleLengthMax} characters."));
        var ofMapping = new List<ProblemReason>();
        Mapping(mapping, ofMapping);
        reasons.AddRange(ofMapping.Select(static reason => reason with { Path = "/mapping" + reason.Path }));
        if (signature is { Kind: HookSignatureKind.Hmac } hmac && (hmac.Header is not { Length: > 0 and <= 100 } header || header.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_'))))
            reasons.Add(new("hook.header", "/signature/header", "Say the header with the signature, such as X-Hub-Signature-256."));
        if (signature is { Secret.Length: 0 })
            reasons.Add(new("hook.secret", "/signature/secret", "Say the stored secret that proves the sender."));
        return reasons;
    }

    static void Mapping(HookMapping mapping, List<ProblemReason> reasons)
    {
        if (mapping.Event is { } fixedName && fixedName.Trim().Length is 0 or > EventLengthMax)
            reasons.Add(new("hook.event", "/event", $"An event's name has 1 to {EventLengthMax} characters."));
        if (mapping.Event is null && mapping.EventFrom is null)
            reasons.Add(new("hook.event", "/event", "Say what the event is called, or where its name stands in the body."));
        foreach (var kind in mapping.Identities.Keys.Where(kind => HookReading.Kinds.All(known => known.Name != kind)))
            reasons.Add(new("hook.identity-kind", "/identities/" + kind, "Identities are userId, email, phone and anonymousId."));
        if (mapping.Identities.Count == 0)
            reasons.Add(new("hook.identities", "/identities", "Say where at least one identity of the contact stands."));
        Fields(mapping.Identities, "identities", reasons);
        Fields(mapping.Data, "data", reasons);
        Fields(mapping.Properties, "properties", reasons);
        foreach (var (field, path) in ((string, string?)[])[("eventFrom", mapping.EventFrom), ("messageId", mapping.MessageId), ("timestamp", mapping.Timestamp)])
            if (path is not null)
                Path("/" + field, path, reasons);
    }

    static void Fields(IReadOnlyDictionary<string, string>? fields, string at, List<ProblemReason> reasons)
    {
        if (fields?.Count > FieldsMax)
            reasons.Add(new("hook.fields", "/" + at, $"At most {FieldsMax} are mapped."));
        foreach (var (name, path) in fields ?? new Dictionary<string, string>())
        {
            if (name.Length is 0 or > FieldLengthMax || name.Any(char.IsControl))
                reasons.Add(new("hook.field", $"/{at}/{name}", $"A name has 1 to {FieldLengthMax} characters."));
            Path($"/{at}/{name}", path, reasons);
        }
    }

    static void Path(string at, string path, List<ProblemReason> reasons)
    {
        if (JsonPath.TryParse(path) is null)
            reasons.Add(new("hook.path", at, "This is neither a JSON pointer, such as /order/customer/email, nor a path with dots, such as order.customer.email."));
    }
}
