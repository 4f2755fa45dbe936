using System.Net;
using System.Net.Sockets;
using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>Servers that nothing can be sent to, for reasons of this host or of theirs.</summary>
public sealed class SocketErrorTests : ScenarioTestBase
{
    private static readonly DnsServer s_unreachable = DnsServer.Parse("192.0.2.53");
    private static readonly DnsServer s_unreachableToo = DnsServer.Parse("[2001:db8::53]:53");

    [Theory]
    [InlineData(SocketError.AccessDenied)] // EACCES, EPERM: a firewall of this host
    [InlineData(SocketError.TooManyOpenSockets)] // EMFILE
    [InlineData(SocketError.NetworkUnreachable)]
    [InlineData(SocketError.HostUnreachable)]
    [InlineData(SocketError.AddressFamilyNotSupported)] // an IPv6 server, a host without IPv6
    [InlineData(SocketError.AddressNotAvailable)]
    [InlineData(SocketError.NoBufferSpaceAvailable)]
    [InlineData(SocketError.ConnectionRefused)]
    public async Task QueryAsync_FirstServerCannotBeReached_AsksTheNextAtOnce(SocketError error)
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "192.0.2.1");
        DnsResolver resolver = CreateResolver(
            options => options.Servers = [s_unreachable, server.EndPoint], new FailingTransport(Time, error, s_unreachable));

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        answer.Records.Should().ContainSingle("the clock stands still: nobody waited");
    }

    [Theory]
    [InlineData(SocketError.AccessDenied)]
    [InlineData(SocketError.TooManyOpenSockets)]
    [InlineData(SocketError.NetworkUnreachable)]
    [InlineData(SocketError.AddressFamilyNotSupported)]
    public async Task QueryAsync_NoServerCanBeReached_TellsTheReasonOfEachTransmission(SocketError error)
    {
        DnsResolver resolver = CreateResolver(
            options => options.Servers = [s_unreachable, s_unreachableToo], new FailingTransport(Time, error, s_unreachable, s_unreachableToo));

        Task<DnsAnswer<DnsRecord>> query = resolver.QueryAsync("a.test", DnsRecordType.A).AsTask();
        Func<Task> act = () => AdvanceUntilEndAsync(query, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(30));
        DnsException failure = (await act.Should().ThrowAsync<DnsException>()).Which;

        failure.DnsError.Should().Be(DnsError.NetworkError);
        failure.Attempts.Should().HaveCount(6).And.OnlyContain(attempt => attempt.SocketError == error && attempt.DnsError == DnsError.NetworkError);
        failure.ToString().Should().Contain($"192.0.2.53:53 UDP A a.test: NetworkError ({error})").And.Contain($"[2001:db8::53]:53 UDP A a.test: NetworkError ({error})");
    }

    [Fact]
    public async Task QueryAsync_NotPermittedForReal_AsksTheNextAtOnce()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "192.0.2.1");
        DnsResolver resolver = CreateResolver(options => options.Servers = [IPEndPoint.Parse("127.255.255.255:53"), server.EndPoint]);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        answer.Records.Should().ContainSingle("the broadcast address of the loopback may not be sent to");
    }

    [Fact]
    public async Task QueryAsync_ClosedPortForReal_AsksTheNextAtOnce()
    {
        using Socket taken = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp); // a TCP port: nobody hears UDP there
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        DnsTestServer server = StartServer().AddAddress("a.test", "192.0.2.1");
        DnsResolver resolver = CreateResolver(options => options.Servers = [(IPEndPoint)taken.LocalEndPoint!, server.EndPoint]);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        answer.Records.Should().ContainSingle();
        resolver.Pipeline.Engine.Context.Servers[0].Badness.Should().BePositive("it goes behind the others from now on");
    }

    [Fact]
    public async Task QueryAsync_TcpPortRefusesAfterTruncation_SaysNothingAboutTheUdpServer()
    {
        using Socket udpOnly = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        udpOnly.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        DnsTestServer other = StartServer().AddAddress("a.test", "192.0.2.1");
        DnsResolver resolver = CreateResolver(options => options.Servers = [(IPEndPoint)udpOnly.LocalEndPoint!, other.EndPoint]);

        Task<DnsAnswer<DnsRecord>> query = resolver.QueryAsync("a.test", DnsRecordType.A).AsTask();
        byte[] message = new byte[512];
        SocketReceiveFromResult received = await udpOnly.ReceiveFromAsync(message, new IPEndPoint(IPAddress.Any, 0)).WaitAsync(Guard);
        message[2] |= 0x82; // QR and TC
        await udpOnly.SendToAsync(message.AsMemory(0, received.ReceivedBytes), received.RemoteEndPoint);

        (await query.WaitAsync(Guard)).Records.Should().ContainSingle();
        resolver.Pipeline.Engine.Context.Servers[0].Badness.Should().Be(0);
    }
}
