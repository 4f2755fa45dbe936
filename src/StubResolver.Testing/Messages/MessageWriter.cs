using System.Buffers.Binary;

namespace StubResolver.Testing.Messages;

/// <summary>Writes numbers, names and records one after the other, compressing names (RFC 1035 §4.1.4).</summary>
internal sealed class MessageWriter
{
    private const int MaxPointer = 0x3FFF;

    private readonly List<byte> _octets = [];
    private readonly Dictionary<string, int> _offsets = new(StringComparer.Ordinal);
    private string? _questionName;

    public int Length => _octets.Count;

    public byte[] ToArray() => [.. _octets];

    public void UInt8(int value) => _octets.Add((byte)value);

    public void UInt16(int value)
    {
        _octets.Add((byte)(value >> 8));
        _octets.Add((byte)value);
    }

    public void UInt32(uint value)
    {
        UInt16((int)(value >> 16));
        UInt16((int)(value & 0xFFFF));
    }

    /// <summary>Writes a time in whole seconds.</summary>
    public void Seconds(TimeSpan time) => UInt32((uint)Math.Min(Math.Floor(time.TotalSeconds), uint.MaxValue));

    public void Octets(ReadOnlySpan<byte> octets) => _octets.AddRange(octets);

    /// <summary>Writes a name; <paramref name="compress"/> only where the type allows it (RFC 3597 §4).</summary>
    public void Name(string name, bool compress)
    {
        List<byte[]> labels = DomainName.ToLabels(name);
        for (int i = 0; i < labels.Count; i++)
        {
            string suffix = DomainName.ToText(labels.Skip(i));
            if (compress && _offsets.TryGetValue(suffix, out int offset))
            {
                UInt16(0xC000 | offset);
                return;
            }

            Remember(suffix);
            UInt8(labels[i].Length);
            Octets(labels[i]);
        }

        UInt8(0);
    }

    /// <summary>Writes a question as it came, so that owner names can point to it.</summary>
    public void Question(ReadOnlySpan<byte> question, string name)
    {
        _questionName = name;
        List<byte[]> labels = DomainName.ToLabels(name);
        int start = Length;
        for (int i = 0; i < labels.Count; i++)
        {
            _offsets.TryAdd(DomainName.ToText(labels.Skip(i)), start);
            start += labels[i].Length + 1;
        }

        Octets(question);
    }

    public void Question(string name, int type, int recordClass)
    {
        Name(name, compress: true);
        UInt16(type);
        UInt16(recordClass);
    }

    public void Record(DnsRecord record)
    {
        // Servers give the owner as the client spelled it: the name is a pointer to the question.
        bool isQuestionName = string.Equals(DomainName.Normalize(record.Name), _questionName, StringComparison.OrdinalIgnoreCase);
        Name(isQuestionName ? _questionName! : record.Name, compress: true);
        UInt16((int)record.Type);
        UInt16(1);
        Seconds(record.Ttl);
        int start = Length;
        UInt16(0);
        RecordData.Write(this, record);
        PatchUInt16(start, Length - start - 2);
    }

    public void PatchUInt16(int position, int value)
    {
        Span<byte> octets = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(octets, checked((ushort)value));
        _octets[position] = octets[0];
        _octets[position + 1] = octets[1];
    }

    /// <summary>Takes back what was written last.</summary>
    public void Truncate(int length) => _octets.RemoveRange(length, _octets.Count - length);

    private void Remember(string suffix)
    {
        if (Length <= MaxPointer)
        {
            _offsets.TryAdd(suffix, Length);
        }
    }
}
