using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;

namespace StubResolver.Tests.Http;

/// <summary>Real sockets of both families, where the host has ::1; else two IPv4 addresses, where which one is first is a matter of turns.</summary>
[Collection(DescriptorTests.Name)]
public sealed class DualStackRaceTests : IDisposable
{
    private const string Host = "dual.test";
    private const int Tries = 5;

    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(400);
    private static readonly IPAddress s_first = LoopbackAddress.HasIPv6 ? IPAddress.IPv6Loopback : IPAddress.Parse("127.0.0.2");

    private readonly List<IDisposable> _owned = [];
    private readonly ObservedResolver _resolver = new ObservedResolver().Add(Host, s_first.ToString(), "127.0.0.1");

    public void Dispose() => _owned.ForEach(owned => owned.Dispose());

    [Fact]
    public async Task ConnectAsync_IPv6IsBlackHoled_ConnectsOverIPv4Within400Ms()
    {
        Socket listener = await LoopbackAddress.WithPortOfAllAsync(IPAddress.Loopback, async accepting =>
        {
            (Socket swallowing, Socket filler) = await LoopbackAddress.SwallowAsync(s_first, accepting.Port());
            Own(swallowing);
            Own(filler);
            return Own(accepting);
        });

        List<TimeSpan> times = [];
        do
        {
            times.Add(await MeasureAsync(new DnsConnector(_resolver), listener)); // a new one remembers nothing of the address
        }
        while (times[^1] >= s_limit && times.Count < Tries);

        times.Min().Should().BeLessThan(s_limit, "a busy machine is not busy five times in a row");
        if (LoopbackAddress.HasIPv6)
        {
            times.Should().OnlyContain(time => time > TimeSpan.FromMilliseconds(200), "IPv6 had its head start");
        }
    }

    [Fact]
    public async Task ConnectAsync_FirstAddressRefuses_TriesTheNextAtOnce()
    {
        Socket listener = await LoopbackAddress.WithPortOfAllAsync(IPAddress.Loopback, accepting =>
        {
            Own(LoopbackAddress.Refuse(s_first, accepting.Port()));
            return Task.FromResult(Own(accepting));
        });
        SocketJournal journal = new();
        DnsConnectorOptions options = new() { ConfigureSocket = journal.Add, TimeProvider = new FakeTimeProvider() };

        for (int i = 0; i < Tries; i++)
        {
            using Socket socket = await new DnsConnector(_resolver, options).ConnectAsync(Host, listener.Port()).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
            socket.RemoteEndPoint.Should().Be(listener.LocalEndPoint, "the clock stands: no head start ever ends");
        }

        journal.Open.Should().BeEmpty();
        journal.Count.Should().BeInRange(LoopbackAddress.HasIPv6 ? 2 * Tries : Tries, 2 * Tries);
    }

    private static async Task<TimeSpan> MeasureAsync(DnsConnector connector, Socket listener)
    {
        long start = Stopwatch.GetTimestamp();
        using Socket socket = await connector.ConnectAsync(Host, listener.Port());
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        socket.RemoteEndPoint.Should().Be(listener.LocalEndPoint);
        return time;
    }

    private T Own<T>(T owned)
        where T : IDisposable
    {
        _owned.Add(owned);
        return owned;
    }
}
