using System.Text.RegularExpressions;

namespace Parcours.Channels.Bounces;

/// <summary>
/// Whether an address is to blame for a failure, so that nothing more goes there (Semantics 10.4), or anything else: then the next mail may arrive. Codes first, words where codes say nothing.
/// </summary>
static class FailureReason
{
    public static ReportVerdict Judge(StatusCode? status, string words) => IsForGood(status, words) ? ReportVerdict.Bounced : ReportVerdict.SoftBounced;

    static bool IsForGood(StatusCode? status, string words) => status switch
    {
        // Gone back to a sender by whom it was tried for days: of a domain that there is not, some say no more than 4.0.0.
        { Class: 4, IsVague: true } => Nobody.IsMatch(words) && !Elsewhere.IsMatch(words),
        { Class: not 5 } => false,
        // Mailbox or domain: unknown, unspeakable, moved, takes no mail. 7 and 8 speak of the sender.
        { Subject: 1, Detail: 0 or 1 or 2 or 3 or 6 or 10 } => !Elsewhere.IsMatch(words),
        { Subject: 1, Detail: 7 or 8 or 9 } => false,
        { Subject: 2, Detail: 1 } => !Elsewhere.IsMatch(words),
        // Full, or the mail too large for it.
        { Subject: 2, Detail: 2 or 3 or 4 } => false,
        // No host of that name (RFC 3463), and Microsoft's own number for it.
        { Subject: 4, Detail: 4 or 310 } => true,
        // What is refused for reasons of security is rarely nobody's.
        { Subject: 7 } => Nobody.IsMatch(words) && !Elsewhere.IsMatch(words) && !words.Contains("access denied", StringComparison.OrdinalIgnoreCase),
        _ => Nobody.IsMatch(words) && !Elsewhere.IsMatch(words),
    };

    /// <summary>Nobody is there.</summary>
    static readonly Regex Nobody = new("""
        user(name)?\s+(is\s+)?(unknown|not\s+(found|known|listed))|(unknown|unrecogni[sz]ed|invalid|bad|no\s+such|nonexistent)\s+(local\s+)?(user|mailbox|recipient|address|account|person|e-?mail|destination|host|domain)
        |(user|mailbox|recipient|address|account|domain|host|person)[^.;]{0,60}?(does\s*n[o']t|doesn?t|did\s+not|not)\s+(exist|found)|not\s+(a\s+)?(valid|known)\s+(user|mailbox|recipient|address|account)
        |(mailbox|account|user)\s+(is\s+|has\s+been\s+)?(disabled|closed|deleted|deactivated|suspended|terminated|inactive|no\s+longer)|no\s+mailbox\s+(here|by\s+that\s+name)|mailbox\s+not\s+found|no\s+longer\s+(in\s+use|valid|available|employed|works?)
        |address\s+(not\s+found|is\s+unknown|unknown)|unrout(e)?able\s+(address|mail\s+domain)|not\s+our\s+customer|addresses?\s+(had|with)\s+permanent\s+fatal\s+errors?.*unknown
        |host(name)?\s+(or\s+domain\s+name\s+)?(not\s+found|unknown|lookup\s+failed)|(domain|host)\s+(name\s+)?not\s+found|nxdomain|null\s*mx|name\s+service\s+error.*not\s+found
        |recipient\s+(address\s+)?rejected:\s*(access\s+denied|user\s+unknown|undeliverable|unverified)|doesn't\s+have\s+an?\s+\S+\s+account|couldn't\s+find\s+any\s+host|no\s+mx\s+record|host\s+\S+\s+not\s+found
        |not\s+listed\s+in|not\s+a\s+registered|invalid\s+final\s+delivery|550[\s\-]+(5\.\d\.\d\s+)?requested\s+action\s+not\s+taken:\s*mailbox\s+unavailable
        """, Words);

    /// <summary>The address may be good: it is full, or the mail, its sender or the moment is to blame.</summary>
    static readonly Regex Elsewhere = new("""
        over\s*-?quota|quota\s+(exceeded|violation)|exceed(s|ed|ing)?\s+(the\s+|its\s+|storage\s+|mailbox\s+)*(quota|limit|allocation)|mailbox\s+(is\s+)?(full|size\s+limit)|mailfolder\s+is\s+full|out\s+of\s+storage|insufficient\s+(disk|system\s+storage|storage)
        |spam|black\s*list|block\s*list|blocked|blocklist|reputation|greylist|gr[ae]y-?listed|virus|dmarc|spf|dkim|policy|content\s+(is\s+)?reject|unsolicited
        |try\s+again|temporar|too\s+(large|big|many)|size\s+limit|maximum\s+(message\s+)?size|relay(ing)?\s+(access\s+)?(denied|not)|sender\s+(address\s+)?(rejected|denied|invalid)|domain\s+of\s+sender|sender\s+domain|sender\s+id|rate\s*-?limit
        |timed?\s*-?out|connection\s+(refused|reset)|banned|sending\s+(ip|domain)|client\s+host|(after|in\s+reply\s+to)\s+mail\s+from|\[mail_from\]|hop\s+count|routing\s+loop|mail\s+loop|not\s+authenticated|authentication\s+required
        """, Words);

    // Without going back: the words are a stranger's.
    const RegexOptions Words = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.NonBacktracking;
}
