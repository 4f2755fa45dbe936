using StubResolver.Testing;

namespace StubResolver.Tests.Testing;

public sealed class DnsTestServerZoneTests : ServerTestBase
{
    [Fact]
    public async Task AddAddress_Queried_AnswersExactOctets()
    {
        Server.AddAddress("exact.test", "192.0.2.1");
        await Client.SendUdpAsync(RawQuery.For("EXACT.test", DnsRecordType.A));

        byte[] reply = (await Client.ReceiveUdpAsync()).Buffer;

        Convert.ToHexString(reply).Should().Be(
            "12348180" + "0001000100000000" + "05455841435404746573740000010001" + "C00C" + "00010001" + "0000012C" + "0004" + "C0000201",
            "the question keeps its case and the owner name points to it");
    }

    [Theory]
    [InlineData(DnsRecordType.A, "192.0.2.1")]
    [InlineData(DnsRecordType.Aaaa, "2001:db8::1")]
    public async Task AddAddress_BothFamilies_AnswersTheOneAsked(DnsRecordType type, string expected)
    {
        Server.AddAddress("both.test", "192.0.2.1").AddAddress("both.test", "2001:db8::1");

        RawReply reply = await Client.AskUdpAsync(RawQuery.For("both.test", type));

        reply.Addresses.Should().Equal(expected);
    }

    [Fact]
    public async Task AddCName_ChainInsideZone_AnswersChainAndAddress()
    {
        Server.AddCName("www.test", "web.test").AddCName("web.test", "host.test").AddAddress("host.test", "192.0.2.1", TimeSpan.FromSeconds(7));

        RawReply reply = await Client.AskUdpAsync(RawQuery.For("www.test", DnsRecordType.A));

        reply.Answer.Select(record => (record.Name, record.Type, record.Ttl))
            .Should().Equal(("www.test.", 5, 300), ("web.test.", 5, 300), ("host.test.", 1, 7));
        reply.Code.Should().Be(0);
    }

    [Fact]
    public async Task AddCName_QueriedForCName_IsNotFollowed()
    {
        Server.AddCName("www.test", "web.test").AddAddress("web.test", "192.0.2.1");

        RawReply reply = await Client.AskUdpAsync(RawQuery.For("www.test", DnsRecordType.CName));

        reply.Answer.Should().ContainSingle().Which.Type.Should().Be(5);
    }

    [Fact]
    public async Task AddCName_TargetUnknown_AnswersChainWithNxDomainOfTarget()
    {
        Server.AddCName("www.test", "gone.example");

        RawReply reply = await Client.AskUdpAsync(RawQuery.For("www.test", DnsRecordType.A));

        reply.Code.Should().Be(3, "the code is that of the last name (RFC 6604)");
        reply.Answer.Should().ContainSingle().Which.Type.Should().Be(5);
        reply.Authority.Should().ContainSingle().Which.Name.Should().Be("example.");
    }

    [Fact]
    public async Task AddCName_Loop_AnswersServerFailure()
    {
        Server.AddCName("c.test", "d.test").AddCName("d.test", "c.test");

        RawReply reply = await Client.AskUdpAsync(RawQuery.For("c.test", DnsRecordType.A));

        reply.Code.Should().Be(2, "a recursive server ends an alias loop");
        reply.Answer.Should().BeEmpty();
    }

    [Fact]
    public async Task AddRecord_DName_AnswersSynthesizedCName()
    {
        Server.AddRecord(new DnsDNameRecord("old.test", TimeSpan.FromSeconds(60), "new.test")).AddAddress("a.b.new.test", "192.0.2.1");

        RawReply reply = await Client.AskUdpAsync(RawQuery.For("a.b.old.test", DnsRecordType.A));

        reply.Answer.Select(record => (record.Name, record.Type)).Should().Equal(("old.test.", 39), ("a.b.old.test.", 5), ("a.b.new.test.", 1));
    }

    [Fact]
    public async Task Query_UnknownName_AnswersNxDomainWithSoa()
    {
        RawReply reply = await Client.AskUdpAsync(RawQuery.For("nowhere.test", DnsRecordType.A));

        reply.Code.Should().Be(3);
        reply.Answer.Should().BeEmpty();
        RawRecord soa = reply.Authority.Should().ContainSingle().Subject;
        (soa.Name, soa.Type, soa.Ttl).Should().Be(("test.", 6, 60));
        soa.Data[^4..].Should().Equal([0, 0, 0, 60], "MINIMUM is the last field (RFC 2308)");
    }

    [Fact]
    public async Task Query_OtherTypeOfKnownName_AnswersNoDataWithSoa()
    {
        Server.NegativeTtl = TimeSpan.FromSeconds(5);
        Server.AddAddress("v4.test", "192.0.2.1");

        RawReply reply = await Client.AskUdpAsync(RawQuery.For("v4.test", DnsRecordType.Aaaa));

        reply.Code.Should().Be(0);
        reply.Answer.Should().BeEmpty();
        RawRecord soa = reply.Authority.Should().ContainSingle().Subject;
        (soa.Type, soa.Ttl).Should().Be((6, 5));
    }

    [Fact]
    public async Task Query_NegativeBelowOwnSoa_AnswersThatSoa()
    {
        TimeSpan hour = TimeSpan.FromHours(1);
        Server.AddRecord(new DnsSoaRecord("zone.test", hour, "ns.zone.test", "admin.zone.test", 9, hour, hour, hour, TimeSpan.FromSeconds(30)));

        RawReply reply = await Client.AskUdpAsync(RawQuery.For("a.b.zone.test", DnsRecordType.A));

        RawRecord soa = reply.Authority.Should().ContainSingle().Subject;
        (soa.Name, soa.Ttl).Should().Be(("zone.test.", 3600));
        soa.Data[^4..].Should().Equal([0, 0, 0, 30]);
    }

    [Fact]
    public async Task Zone_ChangedBetweenQueries_AnswersWhatItHasNow()
    {
        byte[] query = RawQuery.For("moving.test", DnsRecordType.A);
        Server.AddAddress("moving.test", "192.0.2.1");

        RawReply before = await Client.AskUdpAsync(query);
        Server.Remove("MOVING.test.").AddAddress("moving.test", "192.0.2.2");
        RawReply moved = await Client.AskUdpAsync(query);
        Server.ClearZone();
        RawReply gone = await Client.AskUdpAsync(query);

        before.Addresses.Should().Equal("192.0.2.1");
        moved.Addresses.Should().Equal("192.0.2.2");
        gone.Code.Should().Be(3);
    }

    public static TheoryData<DnsRecord, string> EncodedRecords => new()
    {
        { new DnsNsRecord("r.test", TimeSpan.Zero, "ns.r.test"), "026E73C00C" },
        { new DnsPtrRecord("r.test", TimeSpan.Zero, "p.example"), "0170076578616D706C6500" },
        { new DnsDNameRecord("r.test", TimeSpan.Zero, "test"), "047465737400" },
        { new DnsMxRecord("r.test", TimeSpan.Zero, 10, "test"), "000AC00E" },
        { new DnsMxRecord("r.test", TimeSpan.Zero, 0, "."), "000000" },
        { new DnsSrvRecord("r.test", TimeSpan.Zero, 1, 2, 8080, "r.test"), "000100021F900172047465737400" },
        { new DnsTxtRecord("r.test", TimeSpan.Zero, ["ab", "", "é"]), "0261620002C3A9" },
        {
            new DnsSoaRecord("r.test", TimeSpan.Zero, "test", "m.test", 7, Seconds(1), Seconds(2), Seconds(3), Seconds(4)),
            "C00E016DC00E" + "00000007" + "00000001" + "00000002" + "00000003" + "00000004"
        },
        { new DnsUnknownRecord("r.test", (DnsRecordType)65280, TimeSpan.Zero, new byte[] { 1, 2, 3 }), "010203" },
    };

    [Theory]
    [MemberData(nameof(EncodedRecords))]
    public async Task AddRecord_Queried_EncodesDataAsItsRfcSays(DnsRecord record, string dataHex)
    {
        Server.AddRecord(record);

        RawReply reply = await Client.AskUdpAsync(RawQuery.For("r.test", record.Type));

        Convert.ToHexString(reply.Answer.Should().ContainSingle().Subject.Data).Should().Be(dataHex);
    }

    [Theory]
    [InlineData("a..test", "an empty label")]
    [InlineData(".test", "an empty first label")]
    [InlineData("\\001bücher.test", "an escape beside a character outside ASCII")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.test", "a label of 64 octets")]
    public void AddAddress_NotAName_Throws(string name, string because) =>
        Server.Invoking(server => server.AddAddress(name, "192.0.2.1")).Should().Throw<ArgumentException>(because);

    [Fact]
    public async Task AddAddress_EscapedDot_IsPartOfTheLabel()
    {
        Server.AddAddress(@"a\.b\001.test", "192.0.2.1");
        byte[] query = [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 4, (byte)'a', (byte)'.', (byte)'B', 1, 4, .. "test"u8, 0, 0, 1, 0, 1];

        await Client.SendUdpAsync(query);
        byte[] reply = (await Client.ReceiveUdpAsync()).Buffer;

        reply[3].Should().Be(0x80, "the name exists");
        Server.Queries.Should().ContainSingle().Which.Name.Should().Be(@"a\.B\001.test");
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
