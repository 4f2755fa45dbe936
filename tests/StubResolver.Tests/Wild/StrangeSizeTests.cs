using System.Text;

namespace StubResolver.Tests.Wild;

/// <summary>Replies that are large, and honest: none is refused for its size. One that is not honest is.</summary>
public sealed class StrangeSizeTests : WildTestBase
{
    private const int LargestMessage = 65_535;
    private const int RecordHead = 12;

    private static readonly byte[] s_longSuffix = WildReply.Name(
        string.Join('.', Enumerable.Repeat("a-rather-long-label-of-a-provider-which-names-its-hosts-well", 3)) + ".example");

    [Fact]
    public async Task ResolvePtrAsync_SixtyOneNamesInOneDatagram_AllAreThere()
    {
        // shared hosting: an address with a name for each customer (nmap's users, 2015); the suffix stands once, the rest points at it
        WildServer server = StartWild(query =>
        {
            WildReply reply = new WildReply(query).Answer(WildReply.AskedName, DnsRecordType.Ptr, [3, .. "h00"u8, .. s_longSuffix]);
            int suffix = RecordHead + query.Question.Length + RecordHead + 4;
            for (int i = 1; i <= 60; i++)
            {
                reply.Answer(WildReply.AskedName, DnsRecordType.Ptr, [3, .. Encoding.ASCII.GetBytes($"h{i:00}"), (byte)(0xC0 | (suffix >> 8)), (byte)suffix]);
            }

            return reply;
        });

        DnsAnswer<DnsPtrRecord> answer = await AtOnceAsync(CreateResolver(server).ResolvePtrAsync("7.2.0.192.in-addr.arpa"));

        answer.Records.Select(record => record.Target[..3]).Should().BeEquivalentTo(Enumerable.Range(0, 61).Select(i => $"h{i:00}"));
        server.Queries.Should().ContainSingle().Which.Protocol.Should().Be(DnsProtocol.Udp);
    }

    [Fact]
    public async Task ResolvePtrAsync_FortyPrintersWithChineseNames_AllAreThere()
    {
        // made up: DNS-SD in an office with Chinese names; each octet is escaped as four characters
        WildServer server = StartWild(query =>
        {
            WildReply reply = new(query);
            for (int i = 0; i < 40; i++)
            {
                byte[] label = Encoding.UTF8.GetBytes($"二楼会议室旁边的彩色激光打印机 {i:00}");
                reply.Answer(WildReply.AskedName, DnsRecordType.Ptr, [(byte)label.Length, .. label, .. WildReply.AskedName]);
            }

            return reply;
        });

        DnsAnswer<DnsPtrRecord> answer = await AtOnceAsync(CreateResolver(server).ResolvePtrAsync("_ipp._tcp.test"));

        answer.Records.Should().HaveCount(40).And.OnlyContain(record => record.Target.EndsWith("._ipp._tcp.test"));
        server.Queries.Should().ContainSingle("2.8 KB over UDP is more than was offered, and arrives");
    }

    [Fact]
    public async Task ResolveSrvAsync_TwoHundredInSixKilobytes_AllAreThere()
    {
        // Consul 1.15: a service of 200 instances, asked over TCP after TC
        WildServer server = StartWild(query => query.Protocol == DnsProtocol.Udp ? new WildReply(query).Flags(0x8380) : Instances(query, 200));

        DnsAnswer<DnsSrvRecord> answer = await AtOnceAsync(CreateResolver(server).ResolveSrvAsync("_redis._tcp.redis-of-the-shop.the-namespace-of-a-team-with-a-long-name.svc.cluster-of-a-company.example"));

        answer.Records.Select(record => record.Target).Should().HaveCount(200).And.OnlyHaveUniqueItems();
        server.Queries.Should().HaveCount(2);
    }

    [Theory]
    [InlineData(DnsRecordType.A, 4)]
    [InlineData(DnsRecordType.Aaaa, 16)]
    [InlineData(DnsRecordType.Txt, 256)]
    public async Task QueryAsync_RrsetThatFillsAMessage_IsWhole(DnsRecordType type, int length)
    {
        int count = 0;
        WildServer server = StartWild(query =>
        {
            if (query.Protocol == DnsProtocol.Udp)
            {
                return new WildReply(query).Flags(0x8380);
            }

            WildReply reply = new(query);
            int size = RecordHead + query.Question.Length;
            for (count = 0; size + RecordHead + length <= LargestMessage; count++, size += RecordHead + length)
            {
                byte[] data = new byte[length];
                (data[0], data[^1], data[^2]) = ((byte)(type == DnsRecordType.Txt ? 255 : 10), (byte)count, (byte)(count >> 8));
                reply.Answer(WildReply.AskedName, type, data);
            }

            return reply;
        });

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(server), "a.test", type);

        answer.Records.Should().HaveCount(count).And.OnlyHaveUniqueItems();
        server.Queries.Should().HaveCount(2);
    }

    [Theory]
    [InlineData(1_232)]
    [InlineData(1_233)]
    [InlineData(4_096)]
    public async Task QueryAsync_DatagramOfAnySizeUpTo4096_IsReadOverUdp(int size)
    {
        // made up: a server that does not look at the size offered, on a path that lets everything through
        WildServer server = StartWild(query => Padded(query, size));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(server), "a.test");

        answer.Records.Should().ContainSingle();
        server.Queries.Should().ContainSingle();
    }

    [Theory]
    [InlineData(4_097)]
    [InlineData(16_384)]
    public async Task QueryAsync_DatagramThatIsLarger_IsAnsweredOverOneOfTheTwo(int size)
    {
        WildServer server = StartWild(query => Padded(query, query.Protocol == DnsProtocol.Udp ? size : 100));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(server), "a.test");

        answer.Records.Should().ContainSingle();
        server.Queries.Count.Should().BeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task QueryAsync_NamesThatGrowToMegabytes_AreMalformed()
    {
        // made up: 4,000 different names of 250 octets, out of pointers to one tail; as text two megabytes
        byte[] tail = WildReply.Name(string.Join('.', Enumerable.Repeat(new string('x', 60), 4)));
        WildServer server = StartWild(query =>
        {
            if (query.Protocol == DnsProtocol.Udp)
            {
                return new WildReply(query).Flags(0x8380);
            }

            WildReply reply = new WildReply(query).Answer(WildReply.AskedName, DnsRecordType.Ptr, tail);
            int position = RecordHead + query.Question.Length + RecordHead;
            for (int i = 0; i < 3_600; i++)
            {
                byte[] label = [(byte)('a' + (i % 26)), (byte)('a' + (i / 26 % 26)), (byte)('a' + (i / 676))];
                reply.Answer(WildReply.AskedName, DnsRecordType.Ptr, [3, .. label, 0xC0, (byte)position]);
            }

            return reply;
        });

        Func<Task> act = () => AtOnceAsync(CreateResolver(server).QueryAsync("a.test", DnsRecordType.Ptr));

        (await act.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.MalformedResponse);
    }

    private static WildReply Instances(WildQuery query, int count)
    {
        WildReply reply = new(query);
        for (int i = 0; i < count; i++)
        {
            byte[] host = Encoding.ASCII.GetBytes($"ip-10-0-{i:000}");
            reply.Answer(WildReply.AskedName, DnsRecordType.Srv, [0, 1, 0, 1, 0x1B, 0x80, (byte)host.Length, .. host, .. WildReply.AskedName]);
        }

        return reply;
    }

    private static WildReply Padded(WildQuery query, int size)
    {
        WildReply reply = new WildReply(query).Address("192.0.2.1");
        int rest = size - reply.ToArray().Length - 11 - 4;
        return reply.Opt(WildReply.Option(12, new byte[rest]));
    }
}
