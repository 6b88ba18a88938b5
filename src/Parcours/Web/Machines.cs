namespace Parcours.Web;

/// <summary>Tells requests of programs from those of people, as far as a request says: many a scanner passes itself off as a browser, and nobody can tell.</summary>
static class Machines
{
    /// <summary>Parts of what programs call themselves that look at mail before a person does, or instead. Image proxies that fetch when somebody reads (Gmail's, Yahoo's) are not among them.</summary>
    static readonly string[] Names =
    [
        "bot", "crawl", "spider", "slurp", "preview", "scanner", "headless", "curl/", "wget/", "python-", "go-http-client", "java/", "libwww", "okhttp", "axios/", "node-fetch", "httpclient",
        "barracuda", "mimecast", "proofpoint", "symantec", "trendmicro", "fireeye", "safelinks", "urldefense", "facebookexternalhit",
    ];

    public static bool IsOne(HttpRequest request)
    {
        var headers = request.Headers;
        if (IsAhead(headers["Sec-Purpose"].ToString()) || IsAhead(headers["Purpose"].ToString()) || IsAhead(headers["X-Purpose"].ToString()) || IsAhead(headers["X-Moz"].ToString()))
            return true;
        var agent = headers.UserAgent.ToString().Trim();
        // Apple's mail program, where it protects its users, fetches every image as exactly this when the mail arrives, read or not.
        if (agent.Length == 0 || agent == "Mozilla/5.0")
            return true;
        foreach (var name in Names)
            // CUBOT makes telephones.
            if (agent.Contains(name, StringComparison.OrdinalIgnoreCase) && !(name == "bot" && agent.Contains("cubot", StringComparison.OrdinalIgnoreCase)))
                return true;
        return false;
    }

    static bool IsAhead(string purpose) =>
        purpose.Contains("prefetch", StringComparison.OrdinalIgnoreCase) || purpose.Contains("prerender", StringComparison.OrdinalIgnoreCase) || purpose.Contains("preview", StringComparison.OrdinalIgnoreCase);
}
