using System.Net;
using System.Text;
using StubResolver.Transport;
using StubResolver.Wire;

namespace StubResolver.Tests.Transport;

public sealed class QueryBufferTests
{
    private const string Name = "a-b_c.0123456789.\\200xyz.test";

    private static readonly DnsServer s_server = new(new IPEndPoint(IPAddress.Loopback, 53));

    [Fact]
    public void Write_RandomizedCase_ChangesLettersOnly()
    {
        byte[] plain = Write(randomizesCase: false);
        HashSet<string> spellings = [];

        for (int i = 0; i < 200; i++)
        {
            byte[] query = Write(randomizesCase: true);
            query.Select(ToLower).Should().Equal(plain, "only letter case is ours to choose");
            spellings.Add(Encoding.Latin1.GetString(query));
        }

        spellings.Should().HaveCountGreaterThan(100, "10 letters make 1,024 spellings");
    }

    [Fact]
    public void Write_RandomizedCase_ReachesEveryLetterOfTheLongestName()
    {
        string name = string.Join('.', Enumerable.Repeat(new string('a', 49), 5));
        bool[] wasUpper = new bool[name.Length];

        for (int i = 0; i < 64; i++)
        {
            string spelling = Encoding.Latin1.GetString(Write(randomizesCase: true, name)).Substring(MessageHeader.Size + 1, name.Length);
            for (int letter = 0; letter < name.Length; letter++)
            {
                wasUpper[letter] |= spelling[letter] == 'A';
            }
        }

        name.Where((letter, index) => letter == 'a' && !wasUpper[index]).Should().BeEmpty("each letter turns in half of the queries");
    }

    [Fact]
    public void Write_UncheckedName_Throws()
    {
        Action act = () => Write(randomizesCase: false, "a..test");

        act.Should().Throw<ArgumentException>();
    }

    private static byte ToLower(byte octet) => octet is >= (byte)'A' and <= (byte)'Z' ? (byte)(octet + 0x20) : octet;

    private static byte[] Write(bool randomizesCase, string name = Name)
    {
        TransmissionRequest request = new()
        {
            Tag = 0, Server = s_server, Protocol = DnsProtocol.Udp, Name = name, Type = DnsRecordType.A, RandomizesCase = randomizesCase,
        };
        byte[] query = new byte[QueryWriter.MaxLength];
        return query[..QueryBuffer.Write(request, id: 0, new RandomSource(), query)];
    }
}
