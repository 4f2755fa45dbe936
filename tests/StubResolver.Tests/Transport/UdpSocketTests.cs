using System.Net;
using System.Net.Sockets;
using StubResolver.Transport;

namespace StubResolver.Tests.Transport;

public sealed class UdpSocketTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Connect_Server_HearsOnlyTheServer(string address)
    {
        IPAddress loopback = IPAddress.Parse(address);
        using Socket server = Bind(loopback);
        using Socket stranger = Bind(loopback);
        using Socket client = UdpSocket.Connect((IPEndPoint)server.LocalEndPoint!, new RandomSource());
        EndPoint here = client.LocalEndPoint!;
        byte[] buffer = new byte[1];

        stranger.SendTo([1], here);
        server.SendTo([2], here);

        client.Receive(buffer).Should().Be(1);
        buffer[0].Should().Be(2, "the kernel drops what comes from elsewhere");
        client.Available.Should().Be(0);
    }

    [Fact]
    public void Connect_NotPermitted_ThrowsWithTheReason()
    {
        // Sending to a broadcast address needs a permission the socket does not have; nothing leaves the host.
        Action act = () => UdpSocket.Connect(new IPEndPoint(IPAddress.Parse("127.255.255.255"), 53), new RandomSource()).Dispose();

        act.Should().Throw<SocketException>().Which.SocketErrorCode.Should().Be(SocketError.AccessDenied);
    }

    private static Socket Bind(IPAddress address)
    {
        Socket socket = new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(address, 0));
        return socket;
    }
}
