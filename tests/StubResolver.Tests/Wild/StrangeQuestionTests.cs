using System.Net;
using System.Net.Sockets;

namespace StubResolver.Tests.Wild;

/// <summary>Replies to other questions, or to none: they are passed over, and the right one behind them counts.</summary>
public sealed class StrangeQuestionTests : WildTestBase
{
    private static readonly Dictionary<string, Func<WildQuery, byte[]>> s_wrong = new()
    {
        ["cat-dns: no question"] = query => new WildReply(query, 0, []).Counts(question: 0).Address("192.0.2.66").ToArray(),
        ["OpenThread, 2025: QDCOUNT 0 before a question, with NXDOMAIN"] = query => new WildReply(query, 3).Counts(question: 0).ToArray(),
        ["CoreDNS 1.0 rewrite without an answer rule: the rewritten question"] = query =>
            new WildReply(query, 0, [.. WildReply.Name("b.test"), .. query.Question[^4..]]).Address("192.0.2.66").ToArray(),
        ["WSL 2.2 with DNS tunnelling: a suffix of the host behind the name"] = query =>
            new WildReply(query, 3, [.. WildReply.Name(query.Name + ".corp.example"), .. query.Question[^4..]]).ToArray(),
        ["made up: the type is another one"] = query => new WildReply(query, 0, [.. query.Question[..^4], 0, 28, 0, 1]).Address("192.0.2.66").ToArray(),
        ["made up: the class is another one"] = query => new WildReply(query, 0, [.. query.Question[..^4], 0, 1, 0, 3]).Address("192.0.2.66").ToArray(),
        ["made up: the question twice"] = query =>
            new WildReply(query, 0, [.. query.Question, .. query.Question]).Counts(question: 2).Address("192.0.2.66").ToArray(),
        ["made up: the question is cut"] = query => new WildReply(query).Cut(3).ToArray(),
        ["made up: our own query"] = query => query.Message,
        ["made up: the operation is an update"] = query => new WildReply(query).Flags(0xA980).Address("192.0.2.66").ToArray(),
        ["made up: another id"] = query => WithOtherId(new WildReply(query).Address("192.0.2.66").ToArray()),
        ["made up: eleven octets"] = query => query.Message[..11],
    };

    public static TheoryData<string> Wrong => [.. s_wrong.Keys];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task QueryAsync_ReplyToAnotherQuestionFirst_IsPassedOver(string what)
    {
        WildServer server = StartWild(query => [s_wrong[what](query), s_wrong[what](query), new WildReply(query).Address("192.0.2.1").ToArray()]);

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(server), "a.test");

        answer.Records.Should().ContainSingle(what).Which.ToString().Should().EndWith("192.0.2.1");
        server.Queries.Should().ContainSingle().Which.Protocol.Should().Be(DnsProtocol.Udp);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task QueryAsync_NothingButReplyToAnotherQuestion_EndsInsideTheBudget(string what)
    {
        WildServer server = StartWild(query => [s_wrong[what](query)]);

        Func<Task> act = () => WithinAsync(CreateResolver(server).QueryAsync("a.test", DnsRecordType.A), TimeSpan.FromSeconds(11));

        (await act.Should().ThrowAsync<DnsException>()).Which.IsTransient.Should().BeTrue(what);
        server.Queries.Count(query => query.Protocol == DnsProtocol.Udp).Should().BeLessThanOrEqualTo(3, "RFC 9520 §3.1");
        server.Queries.Count(query => query.Protocol == DnsProtocol.Tcp).Should().BeLessThanOrEqualTo(4, "one question, and what a closed connection owes");
    }

    [Fact]
    public async Task QueryAsync_ReplyFromAnotherPort_IsPassedOver()
    {
        // made up: network address translation that forgets a flow, so that the reply has a port of its own
        using Socket elsewhere = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        WildServer server = StartWild(query =>
        {
            elsewhere.SendTo(new WildReply(query).Address("192.0.2.66").ToArray(), new IPEndPoint(IPAddress.Loopback, query.Port));
            return new WildReply(query).Address("192.0.2.1");
        });

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(server), "a.test");

        answer.Records.Should().ContainSingle().Which.ToString().Should().EndWith("192.0.2.1");
        server.Queries.Should().ContainSingle();
    }

    [Fact]
    public async Task QueryAsync_EveryReplyThrice_DisturbsNoLaterQuestion()
    {
        // made up: a path that delivers each datagram thrice
        WildServer server = StartWild(query => Enumerable.Repeat(new WildReply(query).Address($"192.0.2.{query.Name[1]}").ToArray(), 3));
        DnsResolver resolver = CreateResolver(server);

        for (int i = 0; i < 10; i++)
        {
            DnsAnswer<DnsRecord> answer = await AskAsync(resolver, $"n{i}.test");

            answer.Records.Should().ContainSingle().Which.Should().BeOfType<DnsAddressRecord>().Which.Address.ToString().Should().Be($"192.0.2.{i}");
        }

        server.Queries.Should().HaveCount(10);
    }

    private static byte[] WithOtherId(byte[] message) => [(byte)~message[0], .. message[1..]];
}
