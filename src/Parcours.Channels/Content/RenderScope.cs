using System.Globalization;
using System.Text;
using NodaTime;

namespace Parcours.Channels.Content;

/// <summary>Why a mail could not be rendered: stable codes, stored with the message.</summary>
public static class RenderFailure
{
    /// <summary>The content itself does not pass the check.</summary>
    public const string Content = "content";

    /// <summary>A field is not there, and the author gave no fall-back.</summary>
    public const string Missing = "missing";

    /// <summary>A field is there and is not what a helper needs: no number, no date, a whole object.</summary>
    public const string Value = "value";

    /// <summary>The mail would be larger than 1 MB, or its loops would take more than 10,000 steps.</summary>
    public const string TooLarge = "too-large";

    /// <summary>The subject is empty.</summary>
    public const string NoSubject = "no-subject";
}

/// <summary>Leaves a template in the middle; never leaves this folder.</summary>
#pragma warning disable CA1032, CA1064 // Not for others to make or to catch.
sealed class RenderException(string code, string? path, string message) : Exception(message)
{
    public string Code => code;

    public string? Path => path;
}
#pragma warning restore CA1032, CA1064

/// <summary>What one render on this thread may know and may use up. Rendering never waits, so the thread is the render's own.</summary>
sealed class RenderScope : TextWriter
{
    /// <summary>Characters that all parts of one mail may come to.</summary>
    public const int CharactersMax = 1024 * 1024;

    /// <summary>Steps that the loops of one mail may take together.</summary>
    public const int StepsMax = 10_000;

    /// <summary>A buffer that once held a giant is not kept for the thread's life.</summary>
    const int KeptCharactersMax = 128 * 1024;

    [ThreadStatic]
    static RenderScope? _current;

    readonly StringBuilder _buffer = new(8 * 1024);
    int _steps;
    int _charactersDone;

    RenderScope()
        : base(CultureInfo.InvariantCulture)
    {
    }

    public static RenderScope Current => _current ??= new RenderScope();

    public CultureInfo Culture { get; private set; } = CultureInfo.InvariantCulture;

    public DateTimeZone Zone { get; private set; } = DateTimeZone.Utc;

    public static RenderScope Begin(CultureInfo culture, DateTimeZone zone, bool eventIsOpen)
    {
        var scope = Current;
        if (scope._buffer.Capacity > KeptCharactersMax)
            scope = _current = new RenderScope();
        scope.Culture = culture;
        scope.Zone = zone;
        scope.EventIsOpen = eventIsOpen;
        scope._steps = 0;
        scope._charactersDone = 0;
        scope._buffer.Clear();
        return scope;
    }

    /// <summary><see cref="MailFields.EventIsOpen"/>.</summary>
    public bool EventIsOpen { get; private set; }

    /// <summary>The links of the text that is being rendered, and how they are noticed; null: they are not.</summary>
    public IReadOnlyList<TrackedLink> Links { get; set; } = [];

    public MailTracking? Tracking { get; set; }

    /// <summary>How much was written so far: for <see cref="TakeFrom"/>.</summary>
    public int Written => _buffer.Length;

    /// <summary>Takes back what was written since then.</summary>
    public string TakeFrom(int written)
    {
        var text = _buffer.ToString(written, _buffer.Length - written);
        _buffer.Length = written;
        return text;
    }

    public void TakeSteps(int steps)
    {
        _steps += steps;
        if (_steps > StepsMax)
            throw new RenderException(RenderFailure.TooLarge, null, $"The loops of this mail take more than {StepsMax} steps.");
    }

    /// <summary>What was written since the last take.</summary>
    public string Take()
    {
        var text = _buffer.ToString();
        _charactersDone += text.Length;
        _buffer.Clear();
        return text;
    }

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        Charge(1);
        _buffer.Append(value);
    }

    public override void Write(string? value)
    {
        Charge(value?.Length ?? 0);
        _buffer.Append(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        Charge(count);
        _buffer.Append(buffer, index, count);
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        Charge(buffer.Length);
        _buffer.Append(buffer);
    }

    public override void Write(StringBuilder? value)
    {
        Charge(value?.Length ?? 0);
        _buffer.Append(value);
    }

    void Charge(int characters)
    {
        if (_charactersDone + _buffer.Length + characters > CharactersMax)
            throw new RenderException(RenderFailure.TooLarge, null, $"The mail would have more than {CharactersMax} characters.");
    }
}
