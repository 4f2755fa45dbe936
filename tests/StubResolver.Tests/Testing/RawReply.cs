using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace StubResolver.Tests.Testing;

/// <summary>A reply taken apart without the product's decoder; throws where the octets are not a message.</summary>
internal sealed class RawReply
{
    private readonly byte[] _octets;
    private int _position = 12;

    public RawReply(byte[] octets)
    {
        _octets = octets;
        for (int i = 0; i < Word(4); i++)
        {
            string name = ReadName();
            Questions.Add((name, ReadUInt16(), ReadUInt16()));
        }

        Answer = ReadRecords(Word(6));
        Authority = ReadRecords(Word(8));
        Additional = ReadRecords(Word(10));
        _position.Should().Be(octets.Length, "nothing may follow the last record");
    }

    public int Id => Word(0);

    public int Flags => Word(2) & 0x87F0;

    public int Code => Word(2) & 0xF;

    public List<(string Name, int Type, int Class)> Questions { get; } = [];

    public List<RawRecord> Answer { get; }

    public List<RawRecord> Authority { get; }

    public List<RawRecord> Additional { get; }

    public RawRecord? Opt => Additional.SingleOrDefault(record => record.Type == 41);

    public IEnumerable<string> Addresses => Answer.Where(record => record.Type is 1 or 28).Select(record => new IPAddress(record.Data).ToString());

    private List<RawRecord> ReadRecords(int count)
    {
        List<RawRecord> records = [];
        for (int i = 0; i < count; i++)
        {
            string name = ReadName();
            int type = ReadUInt16();
            int recordClass = ReadUInt16();
            uint ttl = ((uint)ReadUInt16() << 16) | (uint)ReadUInt16();
            int length = ReadUInt16();
            records.Add(new RawRecord(name, type, recordClass, ttl, _octets[_position..(_position + length)]));
            _position += length;
        }

        return records;
    }

    private string ReadName()
    {
        StringBuilder name = new();
        int? end = null;
        while (_octets[_position] != 0)
        {
            if (_octets[_position] >= 0xC0)
            {
                end ??= _position + 2;
                _position = Word(_position) & 0x3FFF;
                continue;
            }

            name.Append(Encoding.ASCII.GetString(_octets, _position + 1, _octets[_position])).Append('.');
            _position += _octets[_position] + 1;
        }

        _position = end ?? _position + 1;
        return name.ToString();
    }

    private int ReadUInt16()
    {
        _position += 2;
        return Word(_position - 2);
    }

    private int Word(int position) => BinaryPrimitives.ReadUInt16BigEndian(_octets.AsSpan(position));
}
