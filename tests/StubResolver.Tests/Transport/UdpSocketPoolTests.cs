using System.Net;
using System.Net.Sockets;
using StubResolver.Transport;

namespace StubResolver.Tests.Transport;

public sealed class UdpSocketPoolTests : IDisposable
{
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly UdpSocketPool _pool = new(new RandomSource());
    private readonly DnsServer _target;

    public UdpSocketPoolTests()
    {
        _server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _target = (IPEndPoint)_server.LocalEndPoint!;
    }

    [Fact]
    public void Connect_AfterCleanReleases_HasAFreshPortEachTime()
    {
        Socket other = _pool.Connect(_target);
        HashSet<int> ports = [];
        const int Count = 200;

        for (int i = 0; i < Count; i++)
        {
            Socket socket = _pool.Connect(_target);
            ports.Add(SendAndGetPort(socket));
            _pool.Release(socket, isClean: true);
        }

        ports.Should().HaveCountGreaterThan(Count - 10, "200 random ports of 28,000 coincide about once");
        _pool.Release(other, isClean: true);
    }

    [Fact]
    public void Release_WhileOthersAreInFlight_KeepsNoMoreThanThose()
    {
        Socket[] sockets = [.. Enumerable.Range(0, 10).Select(_ => _pool.Connect(_target))];

        foreach (Socket socket in sockets[..6])
        {
            _pool.Release(socket, isClean: true);
        }

        _pool.IdleCount.Should().BeLessThanOrEqualTo(6).And.Be(OperatingSystem.IsLinux() ? 5 : 0, "the sixth found four others in flight and five idle");
        foreach (Socket socket in sockets[6..])
        {
            _pool.Release(socket, isClean: true);
        }
    }

    [Fact]
    public void Release_TheLastOne_ClosesAllThatAreIdle()
    {
        Socket first = _pool.Connect(_target);
        Socket last = _pool.Connect(_target);

        _pool.Release(first, isClean: true);
        _pool.Release(last, isClean: true);

        _pool.IdleCount.Should().Be(0);
        first.SafeHandle.IsClosed.Should().BeTrue();
        last.SafeHandle.IsClosed.Should().BeTrue();
    }

    [Fact]
    public void Release_NotClean_ClosesIt()
    {
        Socket other = _pool.Connect(_target);
        Socket socket = _pool.Connect(_target);

        _pool.Release(socket, isClean: false);

        socket.SafeHandle.IsClosed.Should().BeTrue("a receive may be pending on it, or an error");
        _pool.Release(other, isClean: true);
    }

    [Fact]
    public void Connect_IdleSocketHoldsADatagram_TakesAnother()
    {
        Socket other = _pool.Connect(_target);
        Socket socket = _pool.Connect(_target);
        _server.SendTo([1, 2, 3], new IPEndPoint(IPAddress.Loopback, SendAndGetPort(socket)));
        SpinWait.SpinUntil(() => socket.Available > 0, TimeSpan.FromSeconds(30)).Should().BeTrue();

        _pool.Release(socket, isClean: true);
        Socket next = _pool.Connect(_target);

        next.Should().NotBeSameAs(socket, "what came late must not meet the next query");
        next.Available.Should().Be(0);
        _pool.Release(next, isClean: true);
        _pool.Release(other, isClean: true);
    }

    [Fact]
    public void Connect_IdleSocketHoldsAnEmptyDatagramBeforeAnother_TakesAFreshOne()
    {
        Socket other = _pool.Connect(_target);
        Socket socket = _pool.Connect(_target);
        EndPoint asker = new IPEndPoint(IPAddress.Any, 0);
        socket.Send([0]);
        _server.ReceiveFrom(new byte[16], ref asker);
        _server.SendTo([], asker);
        socket.Poll(TimeSpan.FromSeconds(30), SelectMode.SelectRead).Should().BeTrue();

        _pool.Release(socket, isClean: true);
        Socket next = _pool.Connect(_target);

        next.Poll(0, SelectMode.SelectRead).Should().BeFalse("what came late for the last query must not meet the next one");
        _pool.Release(next, isClean: true);
        _pool.Release(other, isClean: true);
    }

    public void Dispose()
    {
        _pool.Dispose();
        _server.Dispose();
    }

    private int SendAndGetPort(Socket socket)
    {
        byte[] buffer = new byte[16];
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        socket.Send([0]);
        _server.ReceiveFrom(buffer, ref from);
        return ((IPEndPoint)from).Port;
    }
}
