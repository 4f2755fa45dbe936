using System.Net;
using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>What does not answer the query never ends it (RFC 5452 §9.1).</summary>
public sealed class SpoofingTests : ScenarioTestBase
{
    private const string Good = "192.0.2.1";
    private const string Forged = "192.0.2.66";

    private static readonly Dictionary<string, Action<DnsTestResponse>> s_forgeries = new()
    {
        ["source address"] = reply => reply.From(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0)),
        ["source port"] = reply => reply.From(new IPEndPoint(IPAddress.Loopback, 0)),
        ["id"] = reply => reply.WrongId(),
        ["name"] = reply => reply.WrongQuestion(name: "b.test"),
        ["type"] = reply => reply.WrongQuestion(type: DnsRecordType.Aaaa),
        ["class"] = reply => reply.WrongQuestion(dnsClass: 3),
        ["query"] = reply => reply.NotAResponse(),
        ["opcode"] = reply => reply.Opcode(5),
        ["two questions"] = reply => reply.AddQuestion("b.test", DnsRecordType.A),
        ["no question"] = reply => reply.NoQuestion(),
        ["garbage"] = reply => reply.Raw([.. Enumerable.Range(1, 40).Select(value => (byte)(value * 37))]),
        ["three octets"] = reply => reply.RawWithQueryId(0, 0, 0x81),
        ["nothing"] = reply => reply.Raw(),
        ["truncated, id"] = reply => reply.SetFlags(DnsTestFlags.TC).WrongId(),
        ["truncated, port"] = reply => reply.SetFlags(DnsTestFlags.TC).From(new IPEndPoint(IPAddress.Loopback, 0)),
        ["refusal, id"] = reply => reply.Code(DnsResponseCode.Refused).WrongId(),
        ["refusal, no question, id"] = reply => reply.Code(DnsResponseCode.Refused).NoQuestion().WrongId(),
    };

    public static TheoryData<string> Forgeries => [.. s_forgeries.Keys];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task QueryAsync_ForgeryBeforeTheGoodReply_ReturnsTheGoodOne(string forgery)
    {
        DnsTestServer server = StartServer();
        server.On("a.test", (_, response) => response.AddAddress(Good).SendFirst(forged => s_forgeries[forgery](forged.AddAddress(Forged))));
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        answer.Records.Should().ContainSingle().Which.Should().BeOfType<DnsAddressRecord>().Which.Address.ToString().Should().Be(Good);
        server.Queries.Should().ContainSingle("a forgery costs no second query").Which.Protocol.Should().Be(DnsProtocol.Udp);
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task QueryAsync_OnlyForgeries_TimesOutAndNeverReturnsThem(string forgery)
    {
        DnsTestServer server = StartServer();
        server.On("a.test", (_, response) => response.SendFirst(forged => s_forgeries[forgery](forged.AddAddress(Forged))).Drop());
        DnsResolver resolver = CreateResolver(options => options.Attempts = 2, server); // TCP, which cannot be forged so, comes in the third round

        Task<DnsAnswer<DnsRecord>> query = resolver.QueryAsync("a.test", DnsRecordType.A).AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        Func<Task> act = () => AdvanceUntilEndAsync(query, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(30));

        (await act.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.Timeout);
        server.Queries.Should().OnlyContain(sent => sent.Protocol == DnsProtocol.Udp);
    }
}
