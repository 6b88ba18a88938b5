using System.Text;

namespace Parcours.Channels.Bounces;

/// <summary>A block of header fields, unfolded, in order; of a mail, or of one block of a report (RFC 3464 writes its fields in the same way).</summary>
sealed class HeaderFields
{
    const int FieldsMax = 500;

    readonly List<(string Name, string Value)> _fields = [];

    public bool IsEmpty => _fields.Count == 0;

    /// <summary>The first field of this name; null: there is none.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var field in _fields)
                if (field.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                    return field.Value;
            return null;
        }
    }

    /// <summary>Reads up to the empty line that ends them, or to the first line that is none; says where what follows begins.</summary>
    public static (HeaderFields Fields, int End) Read(ReadOnlySpan<byte> bytes)
    {
        var fields = new HeaderFields();
        var at = 0;
        while (at < bytes.Length)
        {
            var line = Lines.Next(bytes, at, out var next);
            if (line.IsEmpty)
                return (fields, next);
            var text = Encoding.UTF8.GetString(line);
            if (text[0] is ' ' or '\t' && fields._fields.Count > 0)
            {
                var last = fields._fields[^1];
                fields._fields[^1] = last with { Value = $"{last.Value} {text.Trim()}" };
            }
            else if (text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && text[..colon].TrimEnd() is var name && !name.Contains(' ', StringComparison.Ordinal))
            {
                if (fields._fields.Count < FieldsMax)
                    fields._fields.Add((name, text[(colon + 1)..].Trim()));
            }
            // What mailbox files put in front of a mail.
            else if (!text.StartsWith("From ", StringComparison.Ordinal) && !text.StartsWith(">From ", StringComparison.Ordinal))
                return (fields, at);
            at = next;
        }
        return (fields, at);
    }
}
