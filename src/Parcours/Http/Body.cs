using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Metadata;
using Parcours.Journeys.Definitions;

namespace Parcours.Http;

#pragma warning disable CA1000 // The interfaces by which minimal APIs bind parameters want these static members.
/// <summary>A JSON body, read with every reason against it at once: unknown fields by name, wrong types by path, malformed JSON by position.</summary>
public sealed class Body<T> : IBindableFromHttpContext<Body<T>>, IEndpointParameterMetadataProvider
    where T : class
{
    public required T Value { get; init; }

    public static async ValueTask<Body<T>?> BindAsync(HttpContext context, ParameterInfo parameter) => new() { Value = await ReadAsync(context) };

    public static Task<T> ReadAsync(HttpContext context) => ReadAsync(context, static _ => ValueTask.FromResult<IReadOnlyList<ProblemReason>>([]));

    /// <param name="alsoWrong">Asked only where the form is wrong: what is wrong with the meaning of the rest, which is told at the same time.</param>
    public static async Task<T> ReadAsync(HttpContext context, Func<T, ValueTask<IReadOnlyList<ProblemReason>>> alsoWrong)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(alsoWrong);
        using var document = JsonBody.Parse(await RawBody.ReadAsync(context));
        var (reasons, type) = (new List<ProblemReason>(), ApiJson.Options.GetTypeInfo(typeof(T)));
        JsonBody.Check(document.RootElement, type, "", reasons);
        try
        {
            if (reasons.Count == 0)
                return (T?)document.Deserialize(type) ?? throw new BadInputException(Problems.Invalid("json.type", "", "The body must be a JSON object."));
            var readable = ReadableJson.Of(document.RootElement, type);
            if (readable.Document?.Deserialize(type) is T rest)
                reasons.AddRange(from reason in await AlsoWrongAsync(rest, alsoWrong) let place = readable.Told(reason.Path) where place is not null && !reasons.Exists(told => told.Path == place) select reason with { Path = place });
        }
        catch (JsonException exception)
        {
            reasons.Add(new("json.type", JsonBody.Pointer(exception.Path), "The value is not of the kind that this field takes."));
        }

        throw new BadInputException(Problems.Invalid(reasons));
    }

    // What judges a body may refuse it by an exception, too.
    static async ValueTask<IReadOnlyList<ProblemReason>> AlsoWrongAsync(T rest, Func<T, ValueTask<IReadOnlyList<ProblemReason>>> alsoWrong)
    {
        try
        {
            return await alsoWrong(rest);
        }
        catch (BadInputException refused)
        {
            return refused.Problem.Errors ?? [];
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));
    }
}

/// <summary>A JSON body whose meaning is judged beside its form: <see cref="ReadAsync"/> tells all that is wrong with both, so that nobody mends the one only to hear of the other.</summary>
public sealed class JudgedBody<T> : IBindableFromHttpContext<JudgedBody<T>>, IEndpointParameterMetadataProvider
    where T : class
{
    public required HttpContext Context { get; init; }

    public static ValueTask<JudgedBody<T>?> BindAsync(HttpContext context, ParameterInfo parameter) => ValueTask.FromResult<JudgedBody<T>?>(new() { Context = context });

    /// <inheritdoc cref="Body{T}.ReadAsync(HttpContext, Func{T, ValueTask{IReadOnlyList{ProblemReason}}})"/>
    public Task<T> ReadAsync(Func<T, ValueTask<IReadOnlyList<ProblemReason>>> alsoWrong) => Body<T>.ReadAsync(Context, alsoWrong);

    /// <summary>The body, if neither its form nor <paramref name="judge"/> says anything against it; else every reason of both.</summary>
    public async Task<T> JudgedAsync(Func<T, ValueTask<IReadOnlyList<ProblemReason>>> judge)
    {
        ArgumentNullException.ThrowIfNull(judge);
        var body = await ReadAsync(judge);
        return await judge(body) is { Count: > 0 } reasons ? throw new BadInputException(Problems.Invalid(reasons)) : body;
    }

    /// <inheritdoc cref="JudgedAsync(Func{T, ValueTask{IReadOnlyList{ProblemReason}}})"/>
    public Task<T> JudgedAsync(Func<T, IReadOnlyList<ProblemReason>> judge) => JudgedAsync(body => ValueTask.FromResult(judge(body)));

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => Body<T>.PopulateMetadata(parameter, builder);
}

/// <summary>A JSON body that need not be sent.</summary>
public sealed class OptionalBody<T> : IBindableFromHttpContext<OptionalBody<T>>, IEndpointParameterMetadataProvider
    where T : class
{
    public T? Value { get; init; }

    public static async ValueTask<OptionalBody<T>?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        new() { Value = (await RawBody.ReadAsync(context)).IsEmpty ? null : await Body<T>.ReadAsync(context) };

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), isOptional: true));
    }
}
#pragma warning restore CA1000

/// <summary>A JSON document that is kept as it was sent: journeys, content, segments. Only its form is judged here.</summary>
public sealed class RawBody : IBindableFromHttpContext<RawBody>
{
    static readonly object Key = new();

    public required ReadOnlyMemory<byte> Json { get; init; }

    public static async ValueTask<RawBody?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        ArgumentNullException.ThrowIfNull(context);
        var bytes = await ReadAsync(context);
        using var document = JsonBody.Parse(bytes);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new BadInputException(Problems.Invalid("json.type", "", "The body must be a JSON object."));
        return new() { Json = bytes };
    }

    /// <summary>What was read of this request's body; null: nothing.</summary>
    internal static ReadOnlyMemory<byte>? HeldOf(HttpContext context) => context.Items.TryGetValue(Key, out var held) ? (ReadOnlyMemory<byte>?)held : null;

    /// <summary>The whole body, bounded; read once a request.</summary>
    internal static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context)
    {
        if (HeldOf(context) is { } held)
            return held;
        var bytesMax = context.RequestServices.GetRequiredService<HttpSettings>().BodyBytesMax;
        if (context.Request.ContentLength > bytesMax)
            throw new BadInputException(Problems.TooLarge(bytesMax));
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(chunk, context.RequestAborted)) > 0)
        {
            if (buffer.Length + read > bytesMax)
                throw new BadInputException(Problems.TooLarge(bytesMax));
            buffer.Write(chunk, 0, read);
        }

        ReadOnlyMemory<byte> bytes = buffer.ToArray();
        context.Items[Key] = bytes;
        return bytes;
    }
}

/// <summary>Judges JSON before it is given a type.</summary>
static class JsonBody
{
    static readonly JsonDocumentOptions Strict = new() { MaxDepth = 128, AllowDuplicateProperties = false };

    public static JsonDocument Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
            throw new BadInputException(Problems.Invalid("json.empty", "", "The request needs a JSON body."));
        try
        {
            return JsonDocument.Parse(bytes, Strict);
        }
        catch (JsonException exception)
        {
            throw new BadInputException(Problems.Invalid("json.malformed", "", string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"The body is not JSON: line {(exception.LineNumber ?? 0) + 1}, byte {(exception.BytePositionInLine ?? 0) + 1} of the line.")));
        }
    }

    /// <summary>Gathers unknown and missing fields and values of the wrong kind, as deep as the types go.</summary>
    public static void Check(JsonElement element, JsonTypeInfo type, string path, List<ProblemReason> reasons)
    {
        if (element.ValueKind == JsonValueKind.Null)
        {
            if (path.Length == 0)
                reasons.Add(new("json.type", "", "The body must be a JSON object."));
            return;
        }

        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                CheckObject(element, type, path, reasons);
                break;
            case JsonTypeInfoKind.Enumerable when element.ValueKind == JsonValueKind.Array && type.ElementType is { } of:
                var at = 0;
                foreach (var item in element.EnumerateArray())
                    CheckItem(item, of, type, $"{path}/{at++}", reasons);
                break;
            case JsonTypeInfoKind.Dictionary when element.ValueKind == JsonValueKind.Object && type.ElementType is { } of:
                foreach (var entry in element.EnumerateObject())
                    CheckItem(entry.Value, of, type, $"{path}/{Escape(entry.Name)}", reasons);
                break;
            default:
                try
                {
                    element.Deserialize(type);
                }
                catch (JsonException)
                {
                    reasons.Add(new("json.type", path, $"This must be {Describe(type.Type)}."));
                }

                break;
        }
    }

    // Types say of a field whether it may be null, and not of what stands in a list or under a name.
    static void CheckItem(JsonElement item, Type of, JsonTypeInfo type, string place, List<ProblemReason> reasons)
    {
        if (item.ValueKind == JsonValueKind.Null && of != typeof(JsonElement))
            reasons.Add(new("json.type", place, $"This must be {Describe(of)}, and not null."));
        else
            Check(item, type.Options.GetTypeInfo(of), place, reasons);
    }

    static void CheckObject(JsonElement element, JsonTypeInfo type, string path, List<ProblemReason> reasons)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            reasons.Add(new("json.type", path, path.Length == 0 ? "The body must be a JSON object." : "This must be an object."));
            return;
        }

        foreach (var member in element.EnumerateObject())
        {
            var field = type.Properties.FirstOrDefault(property => property.Name == member.Name && property.Set is not null || property.Name == member.Name && property.AssociatedParameter is not null);
            var at = $"{path}/{Escape(member.Name)}";
            if (field is null)
                reasons.Add(new("field.unknown", at, $"The field '{member.Name}' is not known here. Known are: {string.Join(", ", type.Properties.Select(property => property.Name))}."));
            else if (member.Value.ValueKind == JsonValueKind.Null && !field.IsSetNullable)
                reasons.Add(new("json.type", at, $"This must be {Describe(field.PropertyType)}, not null."));
            else
                Check(member.Value, type.Options.GetTypeInfo(field.PropertyType), at, reasons);
        }

        foreach (var field in type.Properties)
            if (field.IsRequired && !element.TryGetProperty(field.Name, out _))
                reasons.Add(new("field.missing", $"{path}/{field.Name}", $"The field '{field.Name}' is needed."));
    }

    /// <summary>A path of System.Text.Json (<c>$.a[0].b</c>) as a JSON pointer.</summary>
    public static string Pointer(string? path) =>
        (path ?? "").TrimStart('$').Replace('.', '/').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

    static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    static string Describe(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
            return "one of " + string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName));
        if (type == typeof(DateTimeOffset))
            return "a time such as 2026-03-29T14:30:00Z";
        if (type == typeof(Guid))
            return "an id (UUID)";
        if (type == typeof(bool))
            return "true or false";
        if (type == typeof(string))
            return "a text";
        if (type.IsPrimitive || type == typeof(decimal))
            return "a number";
        return typeof(System.Collections.IDictionary).IsAssignableFrom(type) || type == typeof(JsonElement) ? "an object" : "a list";
    }
}
