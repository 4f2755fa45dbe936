using System.Net;
using System.Net.Sockets;

namespace StubResolver.Tests.Http;

/// <summary>Real sockets on loopback addresses: all of 127.0.0.0/8 is this host.</summary>
public sealed class DnsConnectorSocketTests : IDisposable
{
    private static readonly IPAddress s_accepting = IPAddress.Parse("127.0.0.1");
    private static readonly IPAddress s_other = IPAddress.Parse("127.0.0.2");

    private readonly List<IDisposable> _owned = [];
    private readonly ObservedResolver _resolver = new ObservedResolver().Add("one.test", "127.0.0.1").Add("host.test", "127.0.0.2", "127.0.0.1");
    private readonly SocketJournal _journal = new();
    private readonly DnsConnectorOptions _options;

    public DnsConnectorSocketTests() =>
        _options = new DnsConnectorOptions { ConfigureSocket = _journal.Add, ConnectionAttemptDelay = TimeSpan.FromMilliseconds(10) };

    public void Dispose()
    {
        _owned.ForEach(owned => owned.Dispose());
        foreach (Socket socket in _journal.Open)
        {
            socket.Dispose();
        }
    }

    [Theory]
    [InlineData("one.test")]
    [InlineData("127.0.0.1")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task ConnectAsync_Host_ConnectsWithNoDelay(string host)
    {
        Socket listener = Own(LoopbackAddress.Listen(s_accepting));

        Socket socket = await new DnsConnector(_resolver, _options).ConnectAsync(host, listener.Port());

        socket.NoDelay.Should().BeTrue();
        socket.RemoteEndPoint.Should().Be(listener.LocalEndPoint);
    }

    [Fact]
    public async Task ConnectAsync_Winner_CarriesData()
    {
        Socket listener = Own(LoopbackAddress.Listen(s_accepting));
        Socket client = await new DnsConnector(_resolver, _options).ConnectAsync("one.test", listener.Port());
        Socket server = Own(await listener.AcceptAsync());

        await client.SendAsync("x"u8.ToArray());

        (await server.ReceiveAsync(new byte[8])).Should().Be(1);
    }

    [Fact]
    public async Task ConnectAsync_OneAddressSwallowsConnections_ConnectsToTheOtherAndClosesTheRest()
    {
        Socket listener = await LoopbackAddress.WithPortOfAllAsync(s_accepting, async accepting =>
        {
            (Socket swallowing, Socket filler) = await LoopbackAddress.SwallowAsync(s_other, accepting.Port());
            Own(swallowing);
            Own(filler);
            return Own(accepting);
        });

        Socket first = await new DnsConnector(_resolver, _options).ConnectAsync("host.test", listener.Port());
        Socket second = await new DnsConnector(_resolver, _options).ConnectAsync("host.test", listener.Port());

        _journal.Open.Should().BeEquivalentTo([first, second]);
        new[] { first.RemoteEndPoint, second.RemoteEndPoint }.Should().OnlyContain(endPoint => endPoint!.Equals(listener.LocalEndPoint));
    }

    [Fact]
    public async Task ConnectAsync_CancelledWhileAnAddressSwallowsIt_ClosesTheSocket()
    {
        (Socket listener, Socket filler) = await LoopbackAddress.SwallowAsync(s_accepting, 0);
        Own(listener);
        Own(filler);
        using CancellationTokenSource caller = new();
        TaskCompletionSource begun = new();
        _options.ConfigureSocket = socket =>
        {
            _journal.Add(socket);
            begun.SetResult();
        };
        Task<Socket> connect = new DnsConnector(_resolver, _options).ConnectAsync("one.test", listener.Port(), caller.Token).AsTask();
        await begun.Task;

        await caller.CancelAsync();

        OperationCanceledException exception = (await connect.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>()).Which;
        exception.CancellationToken.Should().Be(caller.Token);
        _journal.Open.Should().BeEmpty();
    }

    [Fact]
    public async Task ConnectAsync_EveryAddressRefuses_ClosesAllSockets()
    {
        Socket holder = await LoopbackAddress.WithPortOfAllAsync(s_accepting, first =>
        {
            int port = first.Port();
            first.Dispose();
            Own(LoopbackAddress.Refuse(s_other, port));
            return Task.FromResult(Own(LoopbackAddress.Refuse(s_accepting, port)));
        });

        Func<Task> act = () => new DnsConnector(_resolver, _options).ConnectAsync("host.test", holder.Port()).AsTask();

        SocketException exception = (await act.Should().ThrowAsync<SocketException>()).Which;
        exception.SocketErrorCode.Should().Be(SocketError.ConnectionRefused);
        exception.Message.Should().ContainAll("127.0.0.1", "127.0.0.2", $"port {holder.Port()}");
        (_journal.Count, _journal.Open.Count).Should().Be((2, 0));
    }

    [Fact]
    public async Task ConnectAsync_ConfigureSocketThrows_ReachesTheCallerAndClosesTheSocket()
    {
        Socket listener = Own(LoopbackAddress.Listen(s_accepting));
        _options.ConfigureSocket = socket =>
        {
            _journal.Add(socket);
            throw new InvalidOperationException("a mistake");
        };

        Func<Task> act = () => new DnsConnector(_resolver, _options).ConnectAsync("host.test", listener.Port()).AsTask();

        await act.Should().ThrowAsync<InvalidOperationException>();
        _journal.Open.Should().BeEmpty();
    }

    [Fact]
    public async Task ConnectAsync_ConfigureSocketCannotBind_IsAFailureOfThatAddress()
    {
        Socket listener = Own(LoopbackAddress.Listen(s_accepting));
        _options.ConfigureSocket = socket =>
        {
            _journal.Add(socket);
            socket.Bind(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 0)); // not an address of this host
        };

        Func<Task> act = () => new DnsConnector(_resolver, _options).ConnectAsync("one.test", listener.Port()).AsTask();

        (await act.Should().ThrowAsync<SocketException>()).Which.SocketErrorCode.Should().Be(SocketError.AddressNotAvailable);
        _journal.Open.Should().BeEmpty();
    }

    [Fact]
    public async Task ConnectAsync_ConfigureSocket_IsCalledBeforeConnectingAndMayOverrule()
    {
        Socket listener = Own(LoopbackAddress.Listen(s_accepting));
        bool wasConnected = true;
        _options.ConfigureSocket = configured =>
        {
            wasConnected = configured.Connected;
            configured.NoDelay = false;
        };

        Socket socket = Own(await new DnsConnector(_resolver, _options).ConnectAsync("one.test", listener.Port()));

        (wasConnected, socket.NoDelay).Should().Be((false, false));
    }

    private T Own<T>(T owned)
        where T : IDisposable
    {
        _owned.Add(owned);
        return owned;
    }
}
