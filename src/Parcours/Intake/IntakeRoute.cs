namespace Parcours.Intake;

/// <summary>What the path of a request says that its body holds.</summary>
public enum IntakeRoute
{
    Identify,
    Track,
    Page,
    Screen,
    Group,
    Alias,

    /// <summary>Many items; each names its own type. <c>import</c> is the same (semantics 2.7).</summary>
    Batch,

    /// <summary>A browser library's figures about itself: taken, answered 200, and not kept.</summary>
    Metrics,
}

/// <summary>The last part of an intake path, in its long form and in the short one that browsers use.</summary>
public static class IntakeRoutes
{
    public static bool TryParse(string name, out IntakeRoute route)
    {
        (var known, route) = name switch
        {
            "identify" or "i" => (true, IntakeRoute.Identify),
            "track" or "t" => (true, IntakeRoute.Track),
            "page" or "p" => (true, IntakeRoute.Page),
            "screen" or "s" => (true, IntakeRoute.Screen),
            "group" or "g" => (true, IntakeRoute.Group),
            "alias" or "a" => (true, IntakeRoute.Alias),
            "batch" or "b" or "import" => (true, IntakeRoute.Batch),
            "m" => (true, IntakeRoute.Metrics),
            _ => (false, default),
        };
        return known;
    }

    /// <summary>Every name that <see cref="TryParse"/> knows, for whoever maps the paths.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["identify", "track", "page", "screen", "group", "alias", "batch", "import", "i", "t", "p", "s", "g", "a", "b", "m"];
}
