using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;

namespace StubResolver.Tests.Http;

/// <summary>Looks at the sockets of the whole process, so it runs alone.</summary>
[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class DescriptorTests : IDisposable
{
    public const string Name = "descriptors";

    private const string Host = "host.test";
    private const int Rounds = 200;

    private readonly List<IDisposable> _owned = [];
    private readonly ObservedResolver _resolver = new();
    private readonly FakeTimeProvider _standing = new();
    private readonly SocketJournal _journal = new(); // keeps all sockets from the finalizer, which would close them for whoever forgot
    private readonly DnsConnectorOptions _options;
    private int _connected;

    public DescriptorTests() =>
        _options = new DnsConnectorOptions { ConnectionAttemptDelay = TimeSpan.FromMilliseconds(10), ConfigureSocket = _journal.Add };

    public void Dispose() => _owned.ForEach(owned => owned.Dispose());

    [Fact]
    public async Task ConnectAsync_OneWinsAndOneLoses_LeavesNoDescriptor()
    {
        int port = await StartAsync(async (address, port) =>
        {
            (Socket swallowing, Socket filler) = await LoopbackAddress.SwallowAsync(address, port);
            return [swallowing, filler];
        });
        _resolver.Add(Host, "127.0.0.2", "127.0.0.1"); // rank equally: every other connect begins with the one that swallows
        DnsConnector connector = new(_resolver, _options);

        await ShouldLeaveNothingAsync(() => ConnectAsync(connector, port));

        _connected.Should().Be(Rounds);
    }

    [Fact]
    public async Task ConnectAsync_FirstRefuses_LeavesNoDescriptor()
    {
        int port = await StartAsync((address, port) => Task.FromResult<Socket[]>([LoopbackAddress.Refuse(address, port)]));
        _resolver.Add(Host, "127.0.0.2", "127.0.0.1");

        await ShouldLeaveNothingAsync(() => ConnectAsync(new DnsConnector(_resolver, _options), port));

        _connected.Should().Be(Rounds);
    }

    [Fact]
    public async Task ConnectAsync_AllRefuse_LeavesNoDescriptor()
    {
        int port = Own(LoopbackAddress.Refuse(IPAddress.Loopback)).Port();
        _resolver.Add(Host, "127.0.0.1", "127.0.0.1", "::ffff:127.0.0.1");
        DnsConnector connector = new(_resolver, _options);

        await ShouldLeaveNothingAsync(() => FailAsync<SocketException>(connector.ConnectAsync(Host, port)));
    }

    [Fact]
    public async Task ConnectAsync_Cancelled_LeavesNoDescriptor()
    {
        int port = await SwallowAsync();
        _resolver.Add(Host, "127.0.0.1", "127.0.0.1", "::ffff:127.0.0.1");
        using SemaphoreSlim begun = new(0);
        _options.ConfigureSocket = socket =>
        {
            _journal.Add(socket);
            begun.Release();
        };
        DnsConnector connector = new(_resolver, _options);

        await ShouldLeaveNothingAsync(async () =>
        {
            using CancellationTokenSource caller = new();
            ValueTask<Socket> connect = connector.ConnectAsync(Host, port, caller.Token);
            await begun.WaitAsync();
            await caller.CancelAsync();
            await FailAsync<OperationCanceledException>(connect);
        });
    }

    [Fact]
    public async Task ConnectAsync_TimesOut_LeavesNoDescriptor()
    {
        int port = await SwallowAsync();
        _resolver.Add(Host, "127.0.0.1", "127.0.0.1");
        using SemaphoreSlim begun = new(0);
        _options.ConfigureSocket = socket =>
        {
            _journal.Add(socket);
            begun.Release();
        };
        _options.ConnectTimeout = TimeSpan.FromSeconds(5);
        _options.TimeProvider = _standing;
        DnsConnector connector = new(_resolver, _options);

        await ShouldLeaveNothingAsync(async () =>
        {
            ValueTask<Socket> connect = connector.ConnectAsync(Host, port);
            await begun.WaitAsync();
            _standing.Advance(TimeSpan.FromSeconds(5));
            await FailAsync<SocketException>(connect);
        });
    }

    private async Task ShouldLeaveNothingAsync(Func<Task> round)
    {
        await round(); // what the process opens once and keeps
        IReadOnlySet<string> before = OpenSockets.Snapshot();

        for (int i = 1; i < Rounds; i++)
        {
            await round();
        }

        (await OpenSockets.LeftOverAsync(before)).Should().BeEmpty();
        _journal.Count.Should().BeGreaterThanOrEqualTo(Rounds);
    }

    private static async Task FailAsync<TException>(ValueTask<Socket> connect)
        where TException : Exception => await connect.AsTask().Awaiting(task => task).Should().ThrowAsync<TException>();

    private async Task ConnectAsync(DnsConnector connector, int port)
    {
        using Socket socket = await connector.ConnectAsync(Host, port);
        ((IPEndPoint)socket.RemoteEndPoint!).Address.Should().Be(IPAddress.Loopback);
        _connected++;
    }

    /// <summary>Listens on a port of 127.0.0.1, and makes something else of the same port of 127.0.0.2.</summary>
    private async Task<int> StartAsync(Func<IPAddress, int, Task<Socket[]>> makeOther)
    {
        Socket listener = await LoopbackAddress.WithPortOfAllAsync(IPAddress.Loopback, async listener =>
        {
            _owned.AddRange(await makeOther(IPAddress.Parse("127.0.0.2"), listener.Port()));
            return Own(listener);
        });
        _ = DrainAsync(listener);
        return listener.Port();
    }

    private async Task<int> SwallowAsync()
    {
        (Socket listener, Socket filler) = await LoopbackAddress.SwallowAsync(IPAddress.Loopback, 0);
        Own(filler);
        return Own(listener).Port();
    }

    // Accepts and closes, so that the queue never fills.
    private static async Task DrainAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                (await listener.AcceptAsync()).Dispose();
            }
        }
        catch (SocketException)
        {
            // the test is over
        }
    }

    private T Own<T>(T owned)
        where T : IDisposable
    {
        _owned.Add(owned);
        return owned;
    }
}
