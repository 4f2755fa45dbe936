using System.Net;
using StubResolver.Testing;

namespace StubResolver.Tests.Testing;

public sealed class DnsTestQueryTests : ServerTestBase
{
    [Fact]
    public async Task Query_OverUdp_IsRecordedAsSent()
    {
        byte[] octets = RawQuery.For("MiXed.test", DnsRecordType.Srv, id: 0xABCD);

        await Client.AskUdpAsync(octets);

        DnsTestQuery query = Server.Queries.Should().ContainSingle().Subject;
        (query.Name, query.Type, query.Class, query.Id, query.Opcode).Should().Be(("MiXed.test", DnsRecordType.Srv, 1, 0xABCD, 0));
        (query.Protocol, query.Connection, query.Flags).Should().Be((DnsProtocol.Udp, null, DnsTestFlags.RD));
        query.Source.Should().Be(Client.UdpEndPoint);
        query.Message.ToArray().Should().Equal(octets);
        (query.HasEdns, query.UdpPayloadSize, query.ClientCookie.Length).Should().Be((false, 512, 0));
    }

    [Fact]
    public async Task Query_WithEdns_ShowsItsFields()
    {
        byte[] cookie = [1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 16, 17, 18];
        byte[] octets = RawQuery.For("a.test", DnsRecordType.A, udpPayloadSize: 1400, options: [0, 10, 0, 16, .. cookie, 0, 11, 0, 0]);
        octets[3] = 0x20; // AD
        octets[octets.Length - 24 - 4] = 0x80; // DO: the flags come before the 2 octets of length and the 24 of options

        await Client.AskUdpAsync(octets);

        DnsTestQuery query = Server.Queries.Should().ContainSingle().Subject;
        (query.HasEdns, query.EdnsVersion, query.IsDnssecOk, query.UdpPayloadSize).Should().Be((true, 0, true, 1400));
        query.Flags.Should().Be(DnsTestFlags.RD | DnsTestFlags.AD);
        query.ClientCookie.ToArray().Should().Equal(cookie[..8]);
        query.ServerCookie.ToArray().Should().Equal(cookie[8..]);
        query.EdnsOption(11)!.Value.Length.Should().Be(0);
        query.EdnsOption(12).Should().BeNull("the query does not have it");
    }

    [Fact]
    public async Task Attempt_SameQuestionAgain_CountsByNameTypeAndProtocol()
    {
        await Client.AskUdpAsync(RawQuery.For("a.test", DnsRecordType.A));
        await Client.AskUdpAsync(RawQuery.For("A.test", DnsRecordType.A));
        await Client.AskUdpAsync(RawQuery.For("a.test", DnsRecordType.Aaaa));
        await Client.AskTcpAsync(RawQuery.For("a.test", DnsRecordType.A));

        Server.Queries.Select(query => query.Attempt).Should().Equal(1, 2, 1, 1);
    }

    [Fact]
    public async Task Time_ClockMoves_IsTheTimeOfArrival()
    {
        await Client.AskUdpAsync(RawQuery.For("a.test", DnsRecordType.A));
        Time.Advance(TimeSpan.FromSeconds(3));
        await Client.AskUdpAsync(RawQuery.For("a.test", DnsRecordType.A));

        DnsTestQuery[] queries = [.. Server.Queries];
        (queries[1].Elapsed - queries[0].Elapsed).Should().Be(TimeSpan.FromSeconds(3));
        queries[1].Time.Should().Be(Time.GetUtcNow());
    }

    [Fact]
    public async Task Root_Queried_HasTheNameDot()
    {
        await Client.AskUdpAsync(RawQuery.For("", DnsRecordType.Ns));

        Server.Queries.Should().ContainSingle().Which.Name.Should().Be(".");
    }
}
