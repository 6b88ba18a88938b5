using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using HandlebarsDotNet;
using HandlebarsDotNet.Helpers;
using HandlebarsDotNet.IO;
using HandlebarsDotNet.Iterators;
using HandlebarsDotNet.MemberAccessors;
using HandlebarsDotNet.ObjectDescriptors;
using HandlebarsDotNet.PathStructure;
using NodaTime;

namespace Parcours.Channels.Content;

/// <summary>
/// Handlebars.Net with its doors shut: it sees the values of <see cref="TemplateValues"/> and nothing else (no reflection), has our helpers,
/// no partials, and writes what is not there as a failure.
/// </summary>
static class TemplateEngine
{
    static readonly IHandlebars Html = Create(escape: true);
    static readonly IHandlebars Plain = Create(escape: false);
    static readonly Lock Compiling = new();

    /// <summary>Compiles a template that passed the check.</summary>
    /// <exception cref="HandlebarsException">It does not compile.</exception>
    public static HandlebarsTemplate<TextWriter, object, object> Compile(string source, bool html)
    {
        // Compiling is rare and slow; the library does not promise to do it on several threads.
        lock (Compiling)
            return (html ? Html : Plain).Compile(new StringReader(source));
    }

    static IHandlebars Create(bool escape)
    {
        var configuration = new HandlebarsConfiguration
        {
            NoEscape = !escape,
            FormatProvider = CultureInfo.InvariantCulture,
            TextEncoder = new HtmlText(),
            PartialRecursionDepthLimit = 1,
        };
        configuration.FormatterProviders.Add(new Formatters());
        configuration.ObjectDescriptorProviders.Add(new Descriptors());
        var handlebars = Handlebars.Create(configuration);
        foreach (var helper in TemplateHelpers.All)
            handlebars.RegisterHelper(helper.Name, (in HelperOptions _, in Context _, in Arguments values) => helper.Call(values)!);
        if (escape)
            TrackingMarks.Register(handlebars);
        return handlebars;
    }

    /// <summary>Every value is written by us, in the contact's language; what cannot be written fails the mail.</summary>
    sealed class Formatters : IFormatterProvider, IFormatter
    {
        public bool TryCreateFormatter(Type type, [MaybeNullWhen(false)] out IFormatter formatter)
        {
            formatter = this;
            return true;
        }

        public void Format<T>(T value, in EncodedTextWriter writer) => writer.Write(Text(value));

        static string Text(object? value) => value switch
        {
            string text => text,
            decimal number => TemplateNumbers.Write(number, RenderScope.Current.Culture),
            bool yes => yes ? "true" : "false",
            ChainSegment key => key.TrimmedValue,
            int index => index.ToString(RenderScope.Current.Culture),
            LocalDate or Instant => TemplateDates.Write(TemplateDates.Read(value)!.Value, "long"),
            TemplateList list => string.Join(", ", list.Select(Text)),
            UndefinedBindingResult { Value: var open } when RenderScope.Current.EventIsOpen && open.StartsWith("event.", StringComparison.Ordinal) => $"[{open["event.".Length..]}]",
            UndefinedBindingResult missing => throw new RenderException(RenderFailure.Missing, missing.Value,
                $"The field {missing.Value} is not there, and the template gives no fall-back."),
            null => throw new RenderException(RenderFailure.Missing, null, "A field is not there, and the template gives no fall-back."),
            TemplateObject whole => throw new RenderException(RenderFailure.Value, whole.Path, $"{whole.Path} is not a single value: the template must name a field of it."),
            IFormattable literal => literal.ToString(null, RenderScope.Current.Culture),
            _ => throw new RenderException(RenderFailure.Value, null, "A value of an unknown kind was to be written."),
        };
    }

    /// <summary>The only way from a template into data.</summary>
    sealed class Descriptors : IObjectDescriptorProvider
    {
        static readonly ObjectDescriptor Object = new(
            typeof(TemplateObject), new Fields(),
            (_, value) => KeysOf((TemplateObject)value), self => new ObjectIterator(self));

        static readonly ObjectDescriptor List = new(
            typeof(TemplateList), new Items(), (_, _) => Array.Empty<object>(), _ => new EnumerableIterator<TemplateList>());

        static ChainSegment[] KeysOf(TemplateObject value)
        {
            var keys = value.Names.Select(ChainSegment.Create).ToArray();
            RenderScope.Current.TakeSteps(keys.Length);
            return keys;
        }

        public bool TryGetDescriptor(Type type, out ObjectDescriptor value)
        {
            value = type == typeof(TemplateObject) ? Object
                : type == typeof(TemplateList) ? List
                : new ObjectDescriptor(type, new Nothing(), (_, _) => Array.Empty<object>(), _ => new NoIterator());
            return true;
        }
    }

    sealed class Fields : IMemberAccessor
    {
        public bool TryGetValue(object instance, ChainSegment memberName, out object? value)
        {
            value = ((TemplateObject)instance)[memberName.TrimmedValue];
            return true;
        }
    }

    sealed class Items : IMemberAccessor
    {
        public bool TryGetValue(object instance, ChainSegment memberName, out object? value)
        {
            var list = (TemplateList)instance;
            value = memberName.TrimmedValue is "length" ? (decimal)list.Count
                : int.TryParse(memberName.TrimmedValue, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? list.At(index)
                : UndefinedBindingResult.Create(memberName.TrimmedValue);
            return true;
        }
    }

    /// <summary>Text, numbers and what is missing have no fields.</summary>
    sealed class Nothing : IMemberAccessor
    {
        public bool TryGetValue(object instance, ChainSegment memberName, out object? value)
        {
            value = instance as UndefinedBindingResult ?? UndefinedBindingResult.Create(memberName.TrimmedValue);
            return true;
        }
    }

    sealed class NoIterator : IIterator
    {
        public void Iterate(in EncodedTextWriter writer, BindingContext context, ChainSegment[] blockParamsVariables, object input,
            HandlebarsDotNet.Compiler.TemplateDelegate template, HandlebarsDotNet.Compiler.TemplateDelegate ifEmpty) =>
            ifEmpty(writer, context);
    }

    /// <summary>Escapes for HTML: text and quoted attributes.</summary>
    sealed class HtmlText : ITextEncoder
    {
        static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create("&<>\"'`=\0");

        public void Encode(StringBuilder? text, TextWriter target) => Encode(text?.ToString(), target);

        public void Encode(string? text, TextWriter target) => Encode(text.AsSpan(), target);

        public void Encode<T>(T? text, TextWriter target)
            where T : IEnumerator<char>
        {
            while (text is not null && text.MoveNext())
                Encode([text.Current], target);
        }

        public static void Encode(ReadOnlySpan<char> text, TextWriter target)
        {
            while (text.IndexOfAny(Special) is var at and >= 0)
            {
                target.Write(text[..at]);
                target.Write(text[at] switch
                {
                    '&' => "&amp;",
                    '<' => "&lt;",
                    '>' => "&gt;",
                    '"' => "&quot;",
                    '\'' => "&#x27;",
                    '`' => "&#x60;",
                    '=' => "&#x3D;",
                    _ => "\uFFFD",
                });
                text = text[(at + 1)..];
            }

            target.Write(text);
        }
    }
}
