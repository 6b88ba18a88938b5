using System.Text.Json.Serialization;

namespace Parcours.Http;

/// <summary>One reason among those for which a request was refused.</summary>
/// <param name="Code">Stable; for programs.</param>
/// <param name="Path">A JSON pointer (RFC 6901) into the body, or the name of a parameter; empty: the whole.</param>
/// <param name="Text">English: what is wrong and what to do about it.</param>
public sealed record ProblemReason(string Code, string Path, string Text)
{
    /// <summary><c>error</c> or <c>warning</c>.</summary>
    public string Severity { get; init; } = "error";

    /// <summary>The journey point that it concerns.</summary>
    public string? Point { get; init; }

    /// <summary>The values in the text, for whoever translates it by its code.</summary>
    public IReadOnlyDictionary<string, string>? Arguments { get; init; }
}

/// <summary>An error as it goes over the wire: problem details (RFC 9457) with a stable code and every reason at once.</summary>
public sealed record ApiProblem
{
    public required string Type { get; init; }
    public required string Title { get; init; }
    public required int Status { get; init; }
    public string? Detail { get; init; }
    public required string Code { get; init; }
    public IReadOnlyList<ProblemReason>? Errors { get; init; }

    /// <summary>What is there now, where somebody else was faster.</summary>
    public long? Revision { get; init; }

    /// <summary>Where somebody else was faster: the document as it is now, so that both versions can be shown.</summary>
    public System.Text.Json.JsonElement? Current { get; init; }

    /// <summary>When, and by whom (null: not known, or a program).</summary>
    public DateTimeOffset? ChangedAt { get; init; }
    public string? ChangedBy { get; init; }

    /// <summary>The point where the contact stands now, where an act by hand came too late (Semantics 8.7).</summary>
    public string? Where { get; init; }

    [JsonIgnore]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}

/// <summary>Makes the problems of this API: each code once, with its status and title.</summary>
public static class Problems
{
    public static ApiProblem Of(int status, string code, string? detail = null, IReadOnlyList<ProblemReason>? errors = null) => new()
    {
        Type = $"urn:parcours:problem:{code}",
        Title = Title(status),
        Status = status,
        Code = code,
        Detail = detail,
        Errors = errors,
    };

    public static ApiProblem Unauthorized => Of(401, "unauthorized", "This needs a key or a session. Send 'Authorization: Bearer KEY', or sign in.");
    public static ApiProblem Forbidden => Of(403, "forbidden", "This key or user may not do that.");
    public static ApiProblem MailHidden => Of(403, "mail-hidden", "A mail may say the value of a sensitive property, and this key only reads: an admin may see it.");
    public static ApiProblem NotFound(string what) => Of(404, "not-found", $"There is no {what}.");
    public static ApiProblem MethodNotAllowed => Of(405, "method-not-allowed", "This address does not answer that method; the Allow header says which.");
    public static ApiProblem Invalid(IReadOnlyList<ProblemReason> errors) => Of(400, "invalid", "The request has errors; nothing was changed.", errors);
    public static ApiProblem Invalid(string code, string path, string text) => Invalid([new ProblemReason(code, path, text)]);
    public static ApiProblem Refused(IReadOnlyList<ProblemReason> errors) => Of(422, "refused", "This was refused for the reasons listed; nothing was changed.", errors);
    public static ApiProblem FileTooLarge(long bytesMax) => Of(413, "import.too-large", $"The file is over {bytesMax / 1024 / 1024} MB, the largest that may be uploaded here (setting import-max). Compress it with gzip, or divide it; the command parcours import takes files of any size.");
    public static ApiProblem TooLarge(int bytesMax) => Of(413, "too-large", $"The body is over {bytesMax / 1024} KB.");
    public static ApiProblem Internal => Of(500, "internal", "Something went wrong here. It was logged; nothing is known to have changed. Try again, or look into the log.");

    static string Title(int status) => status switch
    {
        400 => "Bad request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not found",
        405 => "Method not allowed",
        409 => "Conflict",
        410 => "Gone",
        412 => "Precondition failed",
        413 => "Content too large",
        415 => "Unsupported media type",
        422 => "Unprocessable content",
        428 => "Precondition required",
        429 => "Too many requests",
        502 => "Bad gateway",
        503 => "Service unavailable",
        _ => status >= 500 ? "Server error" : "Request refused",
    };
}

/// <summary>A problem as an answer.</summary>
public sealed class ProblemAnswer(ApiProblem problem) : IResult
{
    public ApiProblem Problem { get; } = problem;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        httpContext.Response.StatusCode = Problem.Status;
        foreach (var (name, value) in Problem.Headers)
            httpContext.Response.Headers[name] = value;
        await httpContext.Response.WriteAsJsonAsync(Problem, ApiJson.Options, "application/problem+json", httpContext.RequestAborted);
    }
}

/// <summary>A request that cannot be read; thrown where parameters are bound, since a binder has no other way to answer.</summary>
public sealed class BadInputException : Exception
{
    public BadInputException() : this(Problems.Invalid([])) { }
    public BadInputException(string message) : this(Problems.Invalid("invalid", "", message)) { }
    public BadInputException(string message, Exception? innerException) : base(message, innerException) => Problem = Problems.Invalid("invalid", "", message);
    public BadInputException(ApiProblem problem) : base(problem?.Detail) => Problem = problem ?? throw new ArgumentNullException(nameof(problem));

    public ApiProblem Problem { get; }
}
