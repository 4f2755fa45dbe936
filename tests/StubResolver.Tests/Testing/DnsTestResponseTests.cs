using System.Net;
using System.Net.Sockets;
using StubResolver.Testing;

namespace StubResolver.Tests.Testing;

public sealed class DnsTestResponseTests : ServerTestBase
{
    [Theory]
    [InlineData(DnsResponseCode.ServerFailure, 2, 0)]
    [InlineData(DnsResponseCode.NxDomain, 3, 1)]
    [InlineData(DnsResponseCode.NoError, 0, 1)]
    public async Task Code_OfKnownName_AnswersWithoutRecordsButSoa(DnsResponseCode code, int expectedCode, int expectedAuthority)
    {
        RawReply reply = await AskAsync(response => response.Code(code));

        reply.Code.Should().Be(expectedCode);
        reply.Answer.Should().BeEmpty();
        reply.Authority.Should().HaveCount(expectedAuthority);
    }

    [Fact]
    public async Task Code_Above15_HasItsHighBitsInTheOptRecord()
    {
        RawReply reply = await AskAsync(response => response.Code(DnsResponseCode.BadVers));

        reply.Code.Should().Be(0);
        (reply.Opt!.Ttl >> 24).Should().Be(1, "16 is 1 in the upper 8 bits (RFC 6891 §6.1.3)");
    }

    [Fact]
    public async Task AddAddress_UnknownName_TakesThePlaceOfNxDomain()
    {
        Server.On("new.test", (_, response) => response.AddAddress("192.0.2.9", TimeSpan.FromSeconds(1)));

        RawReply reply = await Client.AskUdpAsync(RawQuery.For("new.test", DnsRecordType.A));

        reply.Code.Should().Be(0);
        reply.Addresses.Should().Equal("192.0.2.9");
        reply.Authority.Should().BeEmpty();
    }

    [Fact]
    public async Task AddAddress_AfterCode_KeepsTheCode()
    {
        RawReply reply = await AskAsync(response => response.Code(DnsResponseCode.NxDomain).AddAddress("192.0.2.9"));

        reply.Code.Should().Be(3);
        reply.Addresses.Should().Equal("192.0.2.9");
    }

    [Fact]
    public async Task AddRecords_EachSection_ArriveThere()
    {
        DnsRecord ns = new DnsNsRecord("test", TimeSpan.Zero, "ns.test");

        RawReply reply = await AskAsync(response => response.ClearRecords().AddAnswer(ns).AddAuthority(ns, ns).AddAdditional(ns));

        (reply.Answer.Count, reply.Authority.Count, reply.Additional.Count).Should().Be((1, 2, 1));
    }

    [Fact]
    public async Task Flags_SetAndCleared_ArriveInTheHeader()
    {
        RawReply byDefault = await AskAsync(_ => { });
        RawReply changed = await AskAsync(response => response.SetFlags(DnsTestFlags.AA | DnsTestFlags.AD).ClearFlags(DnsTestFlags.RA));
        RawReply query = await AskAsync(response => response.NotAResponse().Opcode(2));

        byDefault.Flags.Should().Be(0x8180, "a recursive server sets QR and RA, and repeats RD");
        changed.Flags.Should().Be(0x8520);
        query.Flags.Should().Be(0x0180);
    }

    [Fact]
    public async Task Question_Changed_OnlyThatDiffers()
    {
        RawReply name = await AskAsync(response => response.WrongQuestion(name: "c.test"));
        RawReply type = await AskAsync(response => response.WrongQuestion(type: DnsRecordType.Mx));
        RawReply dnsClass = await AskAsync(response => response.WrongQuestion(dnsClass: 3));
        RawReply none = await AskAsync(response => response.NoQuestion());
        RawReply two = await AskAsync(response => response.AddQuestion("c.test", DnsRecordType.Mx));

        name.Questions.Should().Equal(("c.test.", 1, 1));
        type.Questions.Should().Equal(("a.test.", 15, 1));
        dnsClass.Questions.Should().Equal(("a.test.", 1, 3));
        none.Questions.Should().BeEmpty();
        two.Questions.Should().Equal(("a.test.", 1, 1), ("c.test.", 15, 1));
        new[] { name, type, dnsClass, none, two }.Should().OnlyContain(reply => reply.Answer[0].Name == "a.test.");
    }

    [Fact]
    public async Task WrongId_Sent_DiffersFromTheQuerys()
    {
        RawReply reply = await AskAsync(response => response.WrongId());

        reply.Id.Should().NotBe(0x1234);
        reply.Addresses.Should().Equal("192.0.2.1");
    }

    [Theory]
    [InlineData(null, 512)]
    [InlineData(1232, 1232)]
    [InlineData(100, 512)]
    public async Task Reply_LargerThanTheClientTakes_IsTruncatedOverUdpOnly(int? udpPayloadSize, int limit)
    {
        AddLargeRecordSet();
        byte[] query = RawQuery.For("large.test", DnsRecordType.A, udpPayloadSize);

        await Client.SendUdpAsync(query);
        byte[] datagram = (await Client.ReceiveUdpAsync()).Buffer;
        RawReply overTcp = await Client.AskTcpAsync(query);

        RawReply overUdp = new(datagram);
        datagram.Length.Should().BeInRange(limit - 16, limit, "whole records of 16 octets fill it");
        overUdp.Flags.Should().Be(0x8380);
        (overUdp.Opt is not null).Should().Be(udpPayloadSize is not null);
        overTcp.Flags.Should().Be(0x8180);
        overTcp.Addresses.Should().HaveCount(200);
    }

    [Fact]
    public async Task IgnoreUdpPayloadSize_LargeReply_IsSentWhole()
    {
        AddLargeRecordSet();
        Server.On("large.test", (_, response) => response.IgnoreUdpPayloadSize());

        RawReply reply = await Client.AskUdpAsync(RawQuery.For("large.test", DnsRecordType.A));

        reply.Addresses.Should().HaveCount(200);
    }

    [Fact]
    public async Task Truncate_BothProtocols_OnlyUdpIsEmpty()
    {
        Server.On("a.test", (_, response) => response.Truncate());

        RawReply overUdp = await Client.AskUdpAsync(RawQuery.For("a.test", DnsRecordType.A));
        RawReply overTcp = await Client.AskTcpAsync(RawQuery.For("a.test", DnsRecordType.A));

        (overUdp.Flags, overUdp.Answer.Count).Should().Be((0x8380, 0));
        (overTcp.Flags, overTcp.Answer.Count).Should().Be((0x8180, 1));
    }

    [Fact]
    public async Task Raw_Octets_AreSentAsGiven()
    {
        byte[] asGiven = await AskRawAsync(response => response.Raw(9, 9, 9));
        byte[] withId = await AskRawAsync(response => response.RawWithQueryId(0, 0, 7));
        byte[] rewritten = await AskRawAsync(response => response.Rewrite(message => message[..3]));

        Convert.ToHexString(asGiven).Should().Be("090909");
        Convert.ToHexString(withId).Should().Be("123407");
        Convert.ToHexString(rewritten).Should().Be("123481");
    }

    [Fact]
    public async Task ToArray_InsideScript_IsWhatIsSent()
    {
        byte[] encoded = [];

        byte[] sent = await AskRawAsync(response => encoded = response.AddAddress("192.0.2.7").ToArray());

        sent.Should().Equal(encoded);
    }

    [Fact]
    public async Task Delay_ClockMoves_SendsThenAndHoldsUpNothing()
    {
        Server.On("a.test", (_, response) => response.Delay(TimeSpan.FromSeconds(5)));
        await Client.SendUdpAsync(RawQuery.For("a.test", DnsRecordType.A, id: 1));
        await Server.WaitForQueriesAsync(1, Client.Token);

        RawReply other = await Client.AskUdpAsync(RawQuery.For("b.test", DnsRecordType.A, id: 2));
        Time.Advance(TimeSpan.FromSeconds(5));
        RawReply delayed = new((await Client.ReceiveUdpAsync()).Buffer);

        (other.Id, delayed.Id).Should().Be((2, 1));
    }

    [Fact]
    public async Task Drop_FirstAttempt_OnlyTheSecondIsAnswered()
    {
        Server.On("a.test", DnsRecordType.A, (query, response) =>
        {
            if (query.Attempt == 1)
            {
                response.Drop();
            }
        });
        await Client.SendUdpAsync(RawQuery.For("a.test", DnsRecordType.A, id: 1));

        RawReply reply = await Client.AskUdpAsync(RawQuery.For("a.test", DnsRecordType.A, id: 2));

        reply.Id.Should().Be(2);
        Server.Queries.Should().HaveCount(2);
    }

    [Fact]
    public async Task SendFirstAndThen_SeveralReplies_ArriveInOrder()
    {
        Server.On("a.test", (_, response) => response
            .SendFirst(forgery => forgery.WrongId().ClearRecords().AddAddress("192.0.2.66"))
            .SendFirst(forgery => forgery.WrongQuestion(name: "b.test"))
            .SendThen(late => late.Code(DnsResponseCode.Refused)));
        await Client.SendUdpAsync(RawQuery.For("a.test", DnsRecordType.A));

        RawReply[] replies = await ReceiveAsync(4);

        replies.Select(reply => reply.Id == 0x1234).Should().Equal(false, true, true, true);
        replies.Select(reply => reply.Questions[0].Name).Should().Equal("a.test.", "b.test.", "a.test.", "a.test.");
        replies.Select(reply => reply.Code).Should().Equal(0, 0, 0, 5);
    }

    [Fact]
    public async Task SendFirst_RealReplyDropped_OnlyTheForgeryArrives()
    {
        Server.On("a.test", (_, response) => response.SendFirst(forgery => forgery.WrongId()).Drop());
        await Client.SendUdpAsync(RawQuery.For("a.test", DnsRecordType.A));
        await Client.SendUdpAsync(RawQuery.For("b.test", DnsRecordType.A, id: 9));

        RawReply[] replies = await ReceiveAsync(2);

        replies.Select(reply => reply.Id).Should().BeEquivalentTo([0x1235, 9], "nothing came with the id asked for");
    }

    [Fact]
    public async Task JunkFirst_CountAndOctets_ArriveBeforeTheReply()
    {
        Server.On("a.test", (_, response) => response.JunkFirst([1, 2, 3]).JunkFirst(2));
        await Client.SendUdpAsync(RawQuery.For("a.test", DnsRecordType.A));
        await Client.SendTcpAsync(RawQuery.For("a.test", DnsRecordType.A));

        foreach (Func<Task<byte[]>> receive in (Func<Task<byte[]>>[])[async () => (await Client.ReceiveUdpAsync()).Buffer, Client.ReceiveTcpAsync])
        {
            (await receive()).Should().Equal(1, 2, 3);
            (await receive()).Should().HaveCount(12);
            (await receive()).Should().HaveCount(12);
            new RawReply(await receive()).Addresses.Should().Equal("192.0.2.1");
        }
    }

    [Fact]
    public async Task From_OtherPortOrAddress_ComesFromThere()
    {
        IPAddress otherAddress = IPAddress.Parse("127.0.0.2");
        Server.On("a.test", (_, response) => response
            .SendFirst(forgery => forgery.From(new IPEndPoint(IPAddress.Loopback, 0)))
            .SendFirst(forgery => forgery.From(new IPEndPoint(otherAddress, Server.EndPoint.Port))));
        await Client.SendUdpAsync(RawQuery.For("a.test", DnsRecordType.A));

        UdpReceiveResult[] replies = [await Client.ReceiveUdpAsync(), await Client.ReceiveUdpAsync(), await Client.ReceiveUdpAsync()];

        replies[0].RemoteEndPoint.Address.Should().Be(IPAddress.Loopback);
        replies[0].RemoteEndPoint.Port.Should().NotBe(Server.EndPoint.Port);
        replies[1].RemoteEndPoint.Should().Be(new IPEndPoint(otherAddress, Server.EndPoint.Port));
        replies[2].RemoteEndPoint.Should().Be(Server.EndPoint);
    }

    private async Task<RawReply> AskAsync(Action<DnsTestResponse> respond) => new(await AskRawAsync(respond));

    private async Task<byte[]> AskRawAsync(Action<DnsTestResponse> respond)
    {
        Server.On("a.test", (_, response) => respond(response));
        await Client.SendUdpAsync(RawQuery.For("a.test", DnsRecordType.A));
        return (await Client.ReceiveUdpAsync()).Buffer;
    }

    private async Task<RawReply[]> ReceiveAsync(int count)
    {
        List<RawReply> replies = [];
        while (replies.Count < count)
        {
            replies.Add(new RawReply((await Client.ReceiveUdpAsync()).Buffer));
        }

        return [.. replies];
    }

    private void AddLargeRecordSet()
    {
        for (int i = 0; i < 200; i++)
        {
            Server.AddAddress("large.test", $"198.51.100.{i}");
        }
    }
}
