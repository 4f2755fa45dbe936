using System.Collections.ObjectModel;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace StubResolver;

/// <summary>Descriptive text: one or more character strings (RFC 1035 §3.3.14).</summary>
/// <remarks>Immutable and thread-safe, as long as the memory it was made from is left alone. Two TXT records are equal when their octets are.</remarks>
public sealed record DnsTxtRecord : DnsRecord
{
    private ReadOnlyCollection<string>? _values;

    /// <summary>Creates a TXT record from text.</summary>
    /// <param name="name">The owner name.</param>
    /// <param name="ttl">The time to live; not negative.</param>
    /// <param name="values">The character strings, in order; copied. In <see cref="Data"/> they are UTF-8, and a string over 255 octets is split.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ttl"/> is negative.</exception>
    public DnsTxtRecord(string name, TimeSpan ttl, IEnumerable<string> values)
        : base(name, ttl)
    {
        ArgumentNullException.ThrowIfNull(values);
        _values = new ReadOnlyCollection<string>([.. values]);
        Data = Encode(_values);
    }

    /// <summary>Creates a TXT record from its RDATA.</summary>
    /// <param name="name">The owner name.</param>
    /// <param name="ttl">The time to live; not negative.</param>
    /// <param name="data">The character strings, each preceded by an octet that holds its length; not copied. No octets are one empty string (RFC 6763 §6.1).</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty, or a string does not end within <paramref name="data"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ttl"/> is negative.</exception>
    public DnsTxtRecord(string name, TimeSpan ttl, ReadOnlyMemory<byte> data)
        : base(name, ttl)
    {
        Data = data.IsEmpty ? new byte[1] : data;
        for (ReadOnlySpan<byte> rest = Data.Span; !rest.IsEmpty; rest = rest[(1 + rest[0])..])
        {
            if (rest[0] >= rest.Length)
            {
                throw new ArgumentException("A character string does not end within the data.", nameof(data));
            }
        }
    }

    /// <summary>
    /// Gets the character strings, in order: as UTF-8 where they are valid UTF-8, else with one character per octet; <see cref="Data"/> tells
    /// such strings apart. Long texts are split over several strings: join them where the format says so (SPF, DKIM).
    /// </summary>
    public IReadOnlyList<string> Values => _values ??= Decode(Data.Span);

    /// <summary>Gets the character strings as octets, each preceded by an octet that holds its length, as they are in a message (RFC 1035 §3.3).</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <inheritdoc/>
    public bool Equals(DnsTxtRecord? other) => base.Equals(other) && Data.Span.SequenceEqual(other.Data.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(base.GetHashCode());
        hash.AddBytes(Data.Span);
        return hash.ToHashCode();
    }

    private protected override DnsRecordType RecordType => DnsRecordType.Txt;

    private protected override void AppendData(StringBuilder line)
    {
        for (ReadOnlySpan<byte> rest = Data.Span; !rest.IsEmpty; rest = rest[(1 + rest[0])..])
        {
            line.Append(rest.Length == Data.Length ? "\"" : " \"");
            foreach (byte octet in rest.Slice(1, rest[0]))
            {
                AppendEscaped(line, octet);
            }

            line.Append('"');
        }
    }

    private static void AppendEscaped(StringBuilder line, byte octet)
    {
        if (octet is (byte)'"' or (byte)'\\')
        {
            line.Append('\\').Append((char)octet);
        }
        else if (octet is >= (byte)' ' and <= (byte)'~')
        {
            line.Append((char)octet);
        }
        else
        {
            line.Append(CultureInfo.InvariantCulture, $"\\{octet:D3}"); // RFC 1035 §5.1
        }
    }

    private static byte[] Encode(IReadOnlyCollection<string> values)
    {
        List<byte> data = [];
        foreach (string value in values)
        {
            ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(value);
            do
            {
                int length = Math.Min(rest.Length, byte.MaxValue);
                data.Add((byte)length);
                data.AddRange(rest[..length]);
                rest = rest[length..];
            }
            while (!rest.IsEmpty);
        }

        return data.Count == 0 ? new byte[1] : [.. data];
    }

    private static ReadOnlyCollection<string> Decode(ReadOnlySpan<byte> data)
    {
        List<string> values = [];
        for (ReadOnlySpan<byte> rest = data; !rest.IsEmpty; rest = rest[(1 + rest[0])..])
        {
            ReadOnlySpan<byte> octets = rest.Slice(1, rest[0]);
            values.Add((Utf8.IsValid(octets) ? Encoding.UTF8 : Encoding.Latin1).GetString(octets));
        }

        return values.AsReadOnly();
    }
}
