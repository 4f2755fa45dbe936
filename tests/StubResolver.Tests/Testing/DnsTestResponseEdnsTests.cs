using StubResolver.Testing;

namespace StubResolver.Tests.Testing;

public sealed class DnsTestResponseEdnsTests : ServerTestBase
{
    private static readonly byte[] s_clientCookie = [1, 2, 3, 4, 5, 6, 7, 8];

    [Fact]
    public async Task Reply_ByDefault_HasOptWhereTheQueryHas()
    {
        RawReply plain = await Client.AskUdpAsync(RawQuery.For("a.test", DnsRecordType.A));
        RawReply edns = await Client.AskUdpAsync(RawQuery.For("a.test", DnsRecordType.A, udpPayloadSize: 4096));

        plain.Additional.Should().BeEmpty();
        (edns.Opt!.Name, edns.Opt.Class, edns.Opt.Ttl, edns.Opt.Data.Length).Should().Be(("", 1232, 0, 0));
    }

    [Fact]
    public async Task NoEdns_QueryHasIt_ReplyHasNot()
    {
        RawReply reply = await AskAsync((_, response) => response.NoEdns());

        reply.Additional.Should().BeEmpty();
    }

    [Fact]
    public async Task Edns_SizeAndVersion_AreSent()
    {
        RawReply reply = await AskAsync((_, response) => response.Edns(4096, version: 1));

        (reply.Opt!.Class, reply.Opt.Ttl).Should().Be((4096, 0x00010000));
    }

    [Fact]
    public async Task ExtendedErrorAndKeepalive_Added_AreEncodedAsTheirRfcsSay()
    {
        RawReply reply = await AskAsync((_, response) => response.ExtendedError(18, "no").Keepalive(TimeSpan.FromSeconds(30)));

        Convert.ToHexString(reply.Opt!.Data).Should().Be("000F000400126E6F" + "000B0002012C", "RFC 8914 §2 and RFC 7828 §3.1");
    }

    [Fact]
    public async Task Cookie_QueryHasOne_EchoesItWithTheServers()
    {
        RawReply byDefault = await AskAsync((_, response) => response.Cookie());
        RawReply own = await AskAsync((_, response) => response.Cookie([9, 9, 9, 9, 9, 9, 9, 9]));
        RawReply wrong = await AskAsync((_, response) => response.WrongClientCookie());

        byDefault.Opt!.Data.Should().HaveCount(20).And.StartWith([0, 10, 0, 16, .. s_clientCookie]);
        own.Opt!.Data.Should().Equal([0, 10, 0, 16, .. s_clientCookie, 9, 9, 9, 9, 9, 9, 9, 9]);
        wrong.Opt!.Data[4..12].Should().NotEqual(s_clientCookie);
    }

    [Fact]
    public async Task Cookie_QueryHasNone_AddsNone()
    {
        Server.On("a.test", (_, response) => response.Cookie());

        RawReply reply = await Client.AskUdpAsync(RawQuery.For("a.test", DnsRecordType.A, udpPayloadSize: 1232));

        reply.Opt!.Data.Should().BeEmpty();
    }

    [Fact]
    public async Task BadCookie_Sent_HasCodeAndCookie()
    {
        RawReply reply = await AskAsync((_, response) => response.BadCookie());

        (reply.Code, reply.Opt!.Ttl >> 24).Should().Be((7, 1u), "23 is 1 × 16 + 7");
        reply.Opt.Data.Should().HaveCount(20);
    }

    private async Task<RawReply> AskAsync(Action<DnsTestQuery, DnsTestResponse> respond)
    {
        Server.On("a.test", respond);
        byte[] query = RawQuery.For("a.test", DnsRecordType.A, udpPayloadSize: 1232, options: [0, 10, 0, 8, .. s_clientCookie]);
        return await Client.AskUdpAsync(query);
    }
}
