using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace StubResolver.Testing.Messages;

/// <summary>Reads queries: one question and, among the additional records, perhaps an OPT (RFC 1035 §4.1, RFC 6891).</summary>
internal sealed class QueryReader
{
    public const int HeaderLength = 12;

    private readonly ReadOnlyMemory<byte> _message;
    private int _position = HeaderLength;

    private QueryReader(ReadOnlyMemory<byte> message) => _message = message;

    public static bool TryRead(ReadOnlyMemory<byte> message, [NotNullWhen(true)] out QueryMessage? query)
    {
        query = null;
        return message.Length >= HeaderLength && new QueryReader(message).TryRead(out query);
    }

    private bool TryRead([NotNullWhen(true)] out QueryMessage? query)
    {
        query = null;
        int flags = HeaderWord(1);
        bool isQuery = (flags & (int)DnsTestFlags.QR) == 0 && HeaderWord(2) == 1 && HeaderWord(3) == 0 && HeaderWord(4) == 0;
        if (!isQuery || !TryReadName(out string? name) || !TryReadUInt16(out int type) || !TryReadUInt16(out int recordClass))
        {
            return false;
        }

        ReadOnlyMemory<byte> question = _message[HeaderLength.._position];
        if (!TryReadAdditional(HeaderWord(5), out QueryEdns? edns))
        {
            return false;
        }

        query = new QueryMessage
        {
            Octets = _message,
            Id = HeaderWord(0),
            Opcode = (flags >> 11) & 0xF,
            Flags = (DnsTestFlags)(flags & 0x87F0),
            Name = name,
            Type = (DnsRecordType)type,
            Class = recordClass,
            Question = question,
            Edns = edns,
        };
        return true;
    }

    private bool TryReadAdditional(int count, out QueryEdns? edns)
    {
        edns = null;
        for (int i = 0; i < count; i++)
        {
            if (!TryReadName(out _) || !TryReadUInt16(out int type) || !TryReadUInt16(out int recordClass)
                || !TryReadUInt16(out int high) || !TryReadUInt16(out int low)
                || !TryReadUInt16(out int length) || !TryTake(length, out ReadOnlyMemory<byte> data))
            {
                return false;
            }

            if (type != (int)DnsRecordType.Opt)
            {
                continue;
            }

            // RFC 6891 §6.1.1: a query with more than one OPT is malformed.
            if (edns is not null || !TryReadOptions(data, out Dictionary<int, ReadOnlyMemory<byte>>? options))
            {
                return false;
            }

            edns = new QueryEdns(recordClass, high & 0xFF, (low & 0x8000) != 0, options);
        }

        return _position == _message.Length;
    }

    private static bool TryReadOptions(ReadOnlyMemory<byte> data, [NotNullWhen(true)] out Dictionary<int, ReadOnlyMemory<byte>>? options)
    {
        options = [];
        QueryReader reader = new(data) { _position = 0 };
        while (reader._position < data.Length)
        {
            if (!reader.TryReadUInt16(out int code) || !reader.TryReadUInt16(out int length)
                || !reader.TryTake(length, out ReadOnlyMemory<byte> value))
            {
                options = null;
                return false;
            }

            options[code] = value;
        }

        return true;
    }

    /// <summary>Reads a name without compression: a query has nothing to point to.</summary>
    private bool TryReadName([NotNullWhen(true)] out string? name)
    {
        List<byte[]> labels = [];
        int encodedLength = 1;
        name = null;
        while (TryTake(1, out ReadOnlyMemory<byte> length))
        {
            if (length.Span[0] == 0)
            {
                name = DomainName.ToText(labels);
                return true;
            }

            encodedLength += length.Span[0] + 1;
            if (length.Span[0] > 63 || encodedLength > 255 || !TryTake(length.Span[0], out ReadOnlyMemory<byte> label))
            {
                return false;
            }

            labels.Add(label.ToArray());
        }

        return false;
    }

    private int HeaderWord(int index) => BinaryPrimitives.ReadUInt16BigEndian(_message.Span[(index * 2)..]);

    private bool TryReadUInt16(out int value)
    {
        bool isRead = TryTake(2, out ReadOnlyMemory<byte> octets);
        value = isRead ? BinaryPrimitives.ReadUInt16BigEndian(octets.Span) : 0;
        return isRead;
    }

    private bool TryTake(int length, out ReadOnlyMemory<byte> octets)
    {
        bool isThere = length <= _message.Length - _position;
        octets = isThere ? _message.Slice(_position, length) : default;
        _position += isThere ? length : 0;
        return isThere;
    }
}
