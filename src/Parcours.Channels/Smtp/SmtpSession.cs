using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Parcours.Channels.Smtp;

/// <summary>A line on which mail can be sent: greeted, encrypted and logged in as the settings say.</summary>
sealed class SmtpSession : IDisposable
{
    readonly SmtpSettings _settings;
    SmtpConnection? _line;
    // Never disposed: it has no timer, and whoever aborts may come last.
    readonly CancellationTokenSource _abort = new();

    SmtpSession(SmtpSettings settings) => _settings = settings;

    public SmtpConnection Line => _line!;
    public SmtpOffer Offer { get; private set; } = SmtpOffer.None;

    /// <summary>Mails that were handed over on it.</summary>
    public int Messages { get; set; }

    /// <summary>A transaction is open that must be undone first.</summary>
    public bool NeedsReset { get; set; }

    /// <param name="begun">Given the session before it waits for anything, so that it can be aborted.</param>
    /// <exception cref="SmtpTrouble">The server cannot be used.</exception>
    public static SmtpSession Open(SmtpSettings settings, TimeProvider time, Action<SmtpSession?> begun)
    {
        var session = new SmtpSession(settings);
        begun(session);
        try
        {
            session.Begin(time);
            return session;
        }
        catch
        {
            begun(null);
            session.Dispose();
            throw;
        }
    }

    /// <summary>From any thread.</summary>
    public void Abort()
    {
        _abort.Cancel();
        Volatile.Read(ref _line)?.Abort();
    }

    /// <summary>Says goodbye and does not wait for the answer.</summary>
    public void Quit()
    {
        try
        {
            Line.Send("QUIT\r\n"u8, SmtpStage.Reset);
        }
        catch (SmtpTrouble)
        {
            // Gone already.
        }
        Dispose();
    }

    public void Dispose() => _line?.Dispose();

    void Begin(TimeProvider time)
    {
        Volatile.Write(ref _line, SmtpConnection.Open(_settings, time, _abort.Token));
        if (_abort.IsCancellationRequested)
            Line.Abort();
        if (_settings.Tls == SmtpTls.Implicit)
            Line.Encrypt(_settings, SmtpStage.Connect);
        if (Line.Receive(SmtpStage.Greeting, _settings.Timeouts.Greeting) is { IsGood: false } unwilling)
            throw Refused(SmtpStage.Greeting, unwilling);
        Hello();
        if (_settings.Tls is SmtpTls.Required or SmtpTls.Offered && StartTls())
            Hello();
        if (_settings.User is { } user)
            Login(user, _settings.Password ?? "");
    }

    void Hello()
    {
        var name = _settings.ClientName ?? OwnName();
        var lines = new List<string>();
        var reply = Say($"EHLO {name}", SmtpStage.Hello, lines);
        if (reply.IsGood)
        {
            Offer = SmtpOffer.Read(lines);
            return;
        }
        // A server from before 1995, or one that plays it.
        if (reply.Code is not (500 or 501 or 502 or 504 or 550) || Say($"HELO {name}", SmtpStage.Hello) is not { IsGood: true })
            throw Refused(SmtpStage.Hello, reply);
        Offer = SmtpOffer.None;
    }

    bool StartTls()
    {
        var reply = Offer.StartTls ? Say("STARTTLS", SmtpStage.StartTls) : default;
        if (reply.IsGood)
        {
            Line.Encrypt(_settings, SmtpStage.StartTls);
            return true;
        }
        if (_settings.Tls == SmtpTls.Required)
            throw Offer.StartTls ? Refused(SmtpStage.StartTls, reply) : new SmtpTrouble(SmtpStage.StartTls, $"{_settings} offers no encryption, and the settings require it");
        return false;
    }

    void Login(string user, string password)
    {
        if (_settings.Tls == SmtpTls.Offered && !Line.IsEncrypted)
            throw new SmtpTrouble(SmtpStage.Login, $"{_settings} offers no encryption, and no password is sent without");
        SmtpReply reply;
        if (Offer.AuthPlain)
            reply = Say("AUTH PLAIN " + Base64($"\0{user}\0{password}"), SmtpStage.Login);
        else if (Offer.AuthLogin)
        {
            reply = Say("AUTH LOGIN", SmtpStage.Login);
            if (reply.Code == 334)
                reply = Say(Base64(user), SmtpStage.Login);
            if (reply.Code == 334)
                reply = Say(Base64(password), SmtpStage.Login);
        }
        else
            throw new SmtpTrouble(SmtpStage.Login, $"{_settings} offers no login that is known here (PLAIN or LOGIN)");
        // Its words are left out: a server may repeat what it was told.
        if (!reply.IsGood)
            throw new SmtpTrouble(SmtpStage.Login, $"{_settings} refuses the login: {reply.Code}{(reply.Status is { } status ? " " + status : "")}");
    }

    SmtpReply Say(string line, SmtpStage stage, List<string>? lines = null)
    {
        Line.Send(Encoding.UTF8.GetBytes(line + "\r\n"), stage);
        return Line.Receive(stage, _settings.Timeouts.Greeting, lines);
    }

    SmtpTrouble Refused(SmtpStage stage, SmtpReply reply) => new(stage, $"{_settings} refuses at {stage.Words()}: {reply}");

    // An address stands for a name that has no domain (RFC 5321 section 4.1.3).
    string OwnName()
    {
        var name = Dns.GetHostName();
        if (name.Contains('.', StringComparison.Ordinal) && Ascii.IsValid(name) && !name.AsSpan().ContainsAny(" \r\n"))
            return name;
        var address = Line.LocalAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : Line.LocalAddress;
        return address is { AddressFamily: AddressFamily.InterNetworkV6 } ? $"[IPv6:{new IPAddress(address.GetAddressBytes())}]" : $"[{address?.ToString() ?? "127.0.0.1"}]";
    }

    static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
