using System.Net;
using System.Net.Sockets;
using StubResolver.Diagnostics;
using StubResolver.Testing;
using StubResolver.Transport;

namespace StubResolver.Tests.Transport;

public sealed class UdpTransmissionTests : TransportTestBase
{
    [Fact]
    public async Task Send_Answered_PostsTheResponseWithItsTag()
    {
        TransmissionEvent reply = await AskAsync(UdpRequest(tag: 7));

        reply.Should().Match<TransmissionEvent>(posted => posted.Tag == 7 && posted.Kind == TransmissionEventKind.Response);
        AddressesOf(reply).Should().Equal("192.0.2.1");
        Transport.OpenUdpCount.Should().Be(0);
    }

    [Fact]
    public async Task Send_TruncatedReply_PostsTruncated()
    {
        Server.On("a.test", (_, response) => response.Truncate());

        (await AskAsync(UdpRequest())).Kind.Should().Be(TransmissionEventKind.Truncated);
    }

    [Theory]
    [InlineData(UdpTransmission.MaxDatagram, TransmissionEventKind.Response)]
    [InlineData(UdpTransmission.MaxDatagram + 1, TransmissionEventKind.Truncated)]
    [InlineData(20_000, TransmissionEventKind.Truncated)]
    public async Task Send_LongDatagram_IsReadUpTo4096Octets(int length, object expected)
    {
        Server.On("a.test", (_, response) => response.Rewrite(message => [.. message, .. new byte[length - message.Length]]).IgnoreUdpPayloadSize());

        TransmissionEvent reply = await AskAsync(UdpRequest());

        reply.Kind.Should().Be((TransmissionEventKind)expected, "octets after the last record are ignored, but a datagram that overflows the buffer is not whole");
    }

    [Fact]
    public async Task Send_MatchingReplyThatDoesNotParse_PostsUnreadable()
    {
        Server.On("a.test", (_, response) => response.NoEdns().Rewrite(message => message[..^1]));

        (await AskAsync(UdpRequest())).Kind.Should().Be(TransmissionEventKind.Unreadable);
    }

    [Fact]
    public async Task Send_ClosedPort_PostsTheRefusal()
    {
        using Socket taken = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp); // a TCP port: nobody hears UDP there
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        TransmissionEvent reply = await AskAsync(UdpRequest() with { Server = new DnsServer((IPEndPoint)taken.LocalEndPoint!) });

        reply.Kind.Should().Be(TransmissionEventKind.Failed);
        reply.SocketError.Should().Be(SocketError.ConnectionRefused);
        Transport.OpenUdpCount.Should().Be(0);
    }

    [Fact]
    public async Task Send_NotPermitted_PostsTheReasonAndDoesNotThrow()
    {
        TransmissionEvent reply = await AskAsync(UdpRequest() with { Server = new DnsServer(IPEndPoint.Parse("127.255.255.255:53")) });

        reply.Kind.Should().Be(TransmissionEventKind.Failed);
        reply.SocketError.Should().Be(SocketError.AccessDenied);
        Transport.OpenUdpCount.Should().Be(0);
    }

    [Fact]
    public async Task Send_NearMissesAndJunkFirst_KeepsListening()
    {
        Server.On("a.test", (_, response) => response
            .SendFirst(forged => forged.WrongId())
            .SendFirst(forged => forged.Raw(1, 2, 3))
            .SendFirst(forged => forged.WrongQuestion("b.test")));

        ITransmission transmission = Transport.Send(UdpRequest(), Sink);

        (await Sink.NextAsync()).Kind.Should().Be(TransmissionEventKind.NearMiss);
        (await Sink.NextAsync()).Kind.Should().Be(TransmissionEventKind.NearMiss);
        (await Sink.NextAsync()).Kind.Should().Be(TransmissionEventKind.Response);
        transmission.Stop();
    }

    [Fact]
    public async Task Stop_WhileReceiving_ClosesTheSocketAndPostsNothing()
    {
        TaskCompletionSource gate = new();
        Server.On("a.test", (_, response) => response.DelayUntil(gate.Task));
        ITransmission transmission = Transport.Send(UdpRequest(), Sink);
        await Server.WaitForQueriesAsync(1, Guard);

        transmission.Stop();
        gate.SetResult();
        TransmissionEvent next = await AskAsync(UdpRequest("b.test", tag: 1));

        next.Tag.Should().Be(1);
        Sink.HasMore.Should().BeFalse();
        SpinWait.SpinUntil(() => Transport.OpenUdpCount == 0, TimeSpan.FromSeconds(30)).Should().BeTrue("the cancelled receive ends on another thread");
    }

    [Fact]
    public async Task Stop_AsTheReplyComes_NeverTakesAnothersSocket()
    {
        const int Count = 2000;
        Server.OnAnyQuery((_, response) => response.SendThen(_ => { })); // two datagrams: one for the event, one for the race

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            RecordingSink sink = new();
            for (int i = 0; i < Count / 4; i++)
            {
                ITransmission transmission = Transport.Send(UdpRequest(tag: i), sink);
                if (i % 4 == 0)
                {
                    transmission.Stop();
                    continue;
                }

                TransmissionEvent reply = await sink.NextAsync();
                while (reply.Tag != i || reply.Kind == TransmissionEventKind.NearMiss)
                {
                    reply = await sink.NextAsync(); // of one that was stopped, or a second datagram that reached the socket as its port was given up
                }

                reply.Kind.Should().Be(TransmissionEventKind.Response);
                transmission.Stop();
            }
        })));

        SpinWait.SpinUntil(() => Transport.OpenUdpCount == 0, TimeSpan.FromSeconds(30)).Should().BeTrue();
    }

    [Fact]
    public async Task Start_ReceiveCannotBegin_PostsTheFaultAndIsNotUsedAgain()
    {
        using UdpTransmissionPool pool = new(new RandomSource(), new ResolverMetrics(null));
        UdpTransmission transmission = pool.Rent();
        transmission.Dispose(); // as any state that no receive begins in

        transmission.Start(UdpRequest(), Sink);
        TransmissionEvent fault = await Sink.NextAsync();
        transmission.Stop();

        fault.Kind.Should().Be(TransmissionEventKind.Faulted);
        fault.Fault.Should().BeOfType<ObjectDisposedException>();
        pool.Sockets.InFlightCount.Should().Be(0);
        pool.Rent().Should().NotBeSameAs(transmission);
    }

    [Fact]
    public async Task DisposeAsync_Twice_IsFine()
    {
        await AskAsync(UdpRequest());

        await Transport.DisposeAsync();
        await Transport.DisposeAsync();

        Transport.OpenUdpCount.Should().Be(0);
    }
}
