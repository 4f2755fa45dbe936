using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using StubResolver.Testing;
using StubResolver.Tests.Caching;

namespace StubResolver.Tests.Scenarios;

/// <summary>Watches on a clock that goes on only while a watch sleeps, so that no lookup is ever late.</summary>
public abstract class WatchScenarioBase : CacheScenarioBase
{
    private readonly Channel<DnsAnswer<DnsAddressRecord>> _reports = Channel.CreateUnbounded<DnsAnswer<DnsAddressRecord>>();
    private int _sleeps;

    private protected JumpingTimeProvider Clock { get; } = new();

    /// <summary>Gets what watches have told and the test has not read.</summary>
    private protected ChannelReader<DnsAnswer<DnsAddressRecord>> Reports => _reports.Reader;

    private protected DnsTestServer StartServerWith(params string[] addresses)
    {
        DnsTestServer server = StartServer();
        SetAddresses(server, addresses);
        return server;
    }

    private protected static void SetAddresses(DnsTestServer server, params string[] addresses)
    {
        server.ClearZone();
        Array.ForEach(addresses, address => server.AddAddress(Name, address, Seconds(30)));
    }

    private protected DnsResolver CreateResolver(DnsTestServer server, ILoggerFactory? log = null) => CreateResolver(
        options =>
        {
            options.LoggerFactory = log;
            options.TimeProvider = Clock;
            options.Attempts = 1;
            options.Cache.MaxStale = TimeSpan.FromHours(1);
        },
        server);

    private protected static IEnumerable<string> Addresses(DnsAnswer<DnsAddressRecord> answer) => answer.Records.Select(record => record.Address.ToString());

    private protected void Report(DnsAnswer<DnsAddressRecord> answer) => _reports.Writer.TryWrite(answer);

    private protected Task<DnsAnswer<DnsAddressRecord>> NextAsync() => Reports.ReadAsync().AsTask().WaitAsync(Guard);

    // No other timer is due so late, or just after 5 s: the jitter tells them apart.
    private protected async Task<TimeSpan> AwaitSleepAsync()
    {
        using CancellationTokenSource guard = new(Guard);
        while (true)
        {
            TimeSpan[] sleeps = [.. Clock.DueTimes.Where(due => due > Seconds(20) || (due > Seconds(5) && due < Seconds(5.6)))];
            if (sleeps.Length > _sleeps)
            {
                _sleeps++;
                return sleeps[_sleeps - 1];
            }

            guard.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private protected void Wake() => Clock.Advance(Seconds(33.1));
}
