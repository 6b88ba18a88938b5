namespace Parcours.Api;

/// <summary>What the bell says of approvals, in each reader's language: it is kept as it was told.</summary>
static class ApprovalTexts
{
    public static string Asked(string? language, string who, string journey) => language switch
    {
        "fr" => $"{who} demande votre accord pour publier « {journey} ».",
        "it" => $"{who} chiede la tua approvazione per pubblicare “{journey}”.",
        _ => $"{who} asks for approval to publish “{journey}”.",
    };

    public static string Approved(string? language, string who, string journey) => language switch
    {
        "fr" => $"{who} a approuvé « {journey} » : la version est en service.",
        "it" => $"{who} ha approvato “{journey}”: la versione è attiva.",
        _ => $"{who} approved “{journey}”: the version is live.",
    };

    public static string SentBack(string? language, string who, string journey, string comment) => language switch
    {
        "fr" => $"{who} a renvoyé « {journey} » : {comment}",
        "it" => $"{who} ha rimandato indietro “{journey}”: {comment}",
        _ => $"{who} sent “{journey}” back: {comment}",
    };
}
