using System.Collections.ObjectModel;
using System.Globalization;
using System.Text;

namespace StubResolver;

/// <summary>Descriptive text: one or more character strings (RFC 1035 §3.3.14).</summary>
/// <remarks>Immutable and thread-safe. Strings are read as UTF-8 where they are valid UTF-8, else as one character per octet.</remarks>
public sealed record DnsTxtRecord : DnsRecord
{
    /// <summary>Creates a TXT record.</summary>
    /// <param name="name">The owner name.</param>
    /// <param name="ttl">The time to live; not negative.</param>
    /// <param name="values">The character strings, in order; copied.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ttl"/> is negative.</exception>
    public DnsTxtRecord(string name, TimeSpan ttl, IEnumerable<string> values)
        : base(name, DnsRecordType.Txt, ttl)
    {
        ArgumentNullException.ThrowIfNull(values);
        Values = new ReadOnlyCollection<string>([.. values]);
    }

    /// <summary>Gets the character strings, in order. Long texts are split over several: join them where the format says so (SPF, DKIM).</summary>
    public IReadOnlyList<string> Values { get; }

    /// <inheritdoc/>
    public bool Equals(DnsTxtRecord? other) => base.Equals(other) && Values.SequenceEqual(other.Values, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(base.GetHashCode());
        foreach (string value in Values)
        {
            hash.Add(value, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    private protected override void AppendData(StringBuilder line)
    {
        for (int i = 0; i < Values.Count; i++)
        {
            line.Append(i == 0 ? "\"" : " \"");
            foreach (char c in Values[i])
            {
                AppendEscaped(line, c);
            }

            line.Append('"');
        }
    }

    private static void AppendEscaped(StringBuilder line, char c)
    {
        if (c is '"' or '\\')
        {
            line.Append('\\').Append(c);
        }
        else if (c is < ' ' or '\x7f')
        {
            line.Append(CultureInfo.InvariantCulture, $"\\{(int)c:D3}");
        }
        else
        {
            line.Append(c);
        }
    }
}
