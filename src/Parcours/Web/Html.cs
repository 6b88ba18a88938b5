using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Parcours.Web;

/// <summary>A piece of HTML. Made by <see cref="Of"/>, in which every hole is encoded unless it is HTML itself: text of others cannot become markup by oversight.</summary>
public readonly record struct Html(string? Text)
{
    internal static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static Html Of(Builder markup) => new(markup.ToString());
    public static Html Empty => new("");
    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece.Text)));
    public override string ToString() => Text ?? "";

    /// <summary>Takes the parts of an interpolated string.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Builder
    {
        readonly StringBuilder _text;

        public Builder(int literalLength, int formattedCount) => _text = new(literalLength + formattedCount * 16);
        public void AppendLiteral(string text) => _text.Append(text);
        public void AppendFormatted(Html html) => _text.Append(html.Text);
        public void AppendFormatted(IEnumerable<Html> pieces)
        {
            foreach (var piece in pieces)
                _text.Append(piece.Text);
        }

        public void AppendFormatted(string? text) => _text.Append(Encoder.Encode(text ?? ""));
        public void AppendFormatted(int number) => _text.Append(number);
        public override string ToString() => _text.ToString();
    }
}
