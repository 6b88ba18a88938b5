using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Parcours.Channels.Smtp;

namespace Parcours.Channels.Tests.Smtp;

/// <summary>Mails for a pool, and what became of each.</summary>
sealed class PostBag : ISmtpSource
{
    readonly BlockingCollection<string> _waiting = [];
    readonly ConcurrentDictionary<string, TaskCompletionSource<SmtpVerdict>> _open = new();
    int _twice;

    public string From { get; set; } = "shop@example.org";
    public Func<string, byte[]> Content { get; set; } = to => Encoding.UTF8.GetBytes($"Subject: To {to}\r\n\r\nDear {to}\r\n");
    public bool IsEightBit { get; set; }

    /// <summary>Mails that were settled more than once, which must not be.</summary>
    public int SettledTwice => _twice;

    /// <summary>The verdict, which comes once a pool has sent it.</summary>
    public Task<SmtpVerdict> Post(string to)
    {
        var done = _open.GetOrAdd(to, _ => new TaskCompletionSource<SmtpVerdict>(TaskCreationOptions.RunContinuationsAsynchronously));
        _waiting.Add(to);
        return done.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    /// <summary>There will be no more: who waits for one is let go.</summary>
    public void Close() => _waiting.CompleteAdding();

    public bool Take(SmtpMail mail, TimeSpan patience)
    {
        if (!_waiting.TryTake(out var to, patience))
            return false;
        mail.Tag = to;
        return true;
    }

    public bool Compose(SmtpMail mail, SmtpOffer offer)
    {
        (mail.From, mail.To) = (From, (string)mail.Tag!);
        mail.NeedsUtf8 = !Ascii.IsValid(mail.To);
        mail.IsEightBit = IsEightBit && offer.EightBit;
        mail.Content.Write(Content(mail.To));
        return true;
    }

    public void Settle(SmtpMail mail, SmtpVerdict verdict)
    {
        if (!_open[(string)mail.Tag!].TrySetResult(verdict))
            Interlocked.Increment(ref _twice);
    }
}
