using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using StubResolver.Testing;
using StubResolver.Tests.Caching;
using StubResolver.Tests.Http;

namespace StubResolver.Tests.Scenarios;

/// <summary>The clock goes on only while a watch sleeps, so that no lookup is ever late.</summary>
public sealed class WatchTests : CacheScenarioBase
{
    private readonly Channel<DnsAnswer<DnsAddressRecord>> _reports = Channel.CreateUnbounded<DnsAnswer<DnsAddressRecord>>();
    private readonly JumpingTimeProvider _time = new();
    private int _sleeps;

    [Fact]
    public async Task Watch_AddressesChange_ReportsTheFirstAndEachOtherSet()
    {
        DnsTestServer server = StartServerWith("192.0.2.1", "192.0.2.2");
        DnsResolver resolver = CreateResolver(server);
        using IDisposable watch = resolver.Watch(Name, AddressFamily.InterNetwork, Report);
        DnsAnswer<DnsAddressRecord> first = await NextAsync();
        await AwaitSleepAsync();
        SetAddresses(server, "192.0.2.2", "192.0.2.1"); // the same set
        Wake();
        await AwaitSleepAsync();
        bool wasReported = _reports.Reader.TryRead(out _);
        SetAddresses(server, "192.0.2.3");
        Wake();

        DnsAnswer<DnsAddressRecord> second = await NextAsync();

        Addresses(first).Should().BeEquivalentTo("192.0.2.1", "192.0.2.2");
        wasReported.Should().BeFalse();
        Addresses(second).Should().Equal("192.0.2.3");
        Count(server).Should().Be(3);
    }

    [Fact]
    public async Task Watch_FailuresPartialAndStaleAnswers_ReportNothing()
    {
        string state = "";
        DnsTestServer server = StartServer(30, 30).On(Name, (query, response) =>
        {
            if (state == "broken" || (state == "partial" && query.Type == DnsRecordType.A))
            {
                response.Code(DnsResponseCode.ServerFailure);
            }
            else if (state == "gone")
            {
                response.Code(DnsResponseCode.NxDomain);
            }
        });
        server.NegativeTtl = Seconds(30);
        DnsResolver resolver = CreateResolver(server);
        using IDisposable watch = resolver.Watch(Name, AddressFamily.Unspecified, Report);
        await NextAsync();
        foreach (string next in (string[])["broken", "partial", "gone"])
        {
            await AwaitSleepAsync();
            state = next;
            Wake();
        }

        await AwaitSleepAsync();
        state = "";
        SetAddresses(server, "192.0.2.9");
        Wake();

        Addresses(await NextAsync()).Should().Equal(["192.0.2.9"], "nothing was reported in between");
    }

    [Fact]
    public async Task Watch_CallbackThrows_GoesOn()
    {
        using LogCollector log = new();
        DnsTestServer server = StartServerWith("192.0.2.1");
        DnsResolver resolver = CreateResolver(server, log);
        using IDisposable watch = resolver.Watch(Name, AddressFamily.InterNetwork, answer =>
        {
            Report(answer);
            throw new InvalidOperationException("the user's fault");
        });
        await NextAsync();
        await AwaitSleepAsync();
        SetAddresses(server, "192.0.2.2");
        Wake();

        Addresses(await NextAsync()).Should().Equal("192.0.2.2");
        log.Entries.Should().Contain($"Error 1001 DnsResolver: The callback of the watch of {Name} failed.");
    }

    [Fact]
    public async Task Watch_DisposedInsideItsCallback_ReportsNothingMore()
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        DnsTestServer server = StartServerWith("192.0.2.1").On(Name, (_, response) => response.DelayUntil(gate.Task));
        DnsResolver resolver = CreateResolver(server);
        IDisposable? watch = null;
        watch = resolver.Watch(Name, AddressFamily.InterNetwork, answer =>
        {
            watch!.Dispose();
            Report(answer);
        });
        gate.SetResult();
        await NextAsync();
        SetAddresses(server, "192.0.2.2");

        for (int i = 0; i < 100; i++)
        {
            Wake();
            await Task.Yield();
        }

        _reports.Reader.TryRead(out _).Should().BeFalse();
    }

    [Fact]
    public async Task Watch_CallersContext_DoesNotFlowIntoTheCallback()
    {
        AsyncLocal<string?> ambient = new() { Value = "caller" };
        DnsResolver resolver = CreateResolver(StartServerWith("192.0.2.1"));
        TaskCompletionSource<string?> seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        using IDisposable watch = resolver.Watch(Name, AddressFamily.InterNetwork, _ => seen.TrySetResult(ambient.Value));

        (await seen.Task.WaitAsync(Guard)).Should().BeNull();
    }

    [Fact]
    public async Task Watch_WallClockIsSetBackByYears_StillLooksInTime()
    {
        DnsResolver resolver = CreateResolver(StartServerWith("192.0.2.1"));
        using IDisposable watch = resolver.Watch(Name, AddressFamily.InterNetwork, answer =>
        {
            _time.SetWallClock(TimeSpan.FromDays(-3653)); // after the answer, before the watch decides when to look again
            Report(answer);
        });
        await NextAsync();

        TimeSpan sleep = await AwaitSleepAsync();

        sleep.Should().BeCloseTo(Seconds(30.5), Seconds(0.5), "a watch that trusted the date would sleep for a day");
    }

    [Theory]
    [InlineData(DnsResolverMode.System)]
    [InlineData(DnsResolverMode.Shadow)]
    public async Task Watch_SystemAnswers_LooksEvery30S(DnsResolverMode mode)
    {
        DnsResolver resolver = CreateResolver(options => (options.Mode, options.TimeProvider) = (mode, _time), StartServer());
        using IDisposable watch = resolver.Watch("localhost", AddressFamily.Unspecified, Report);
        await NextAsync();

        TimeSpan sleep = await AwaitSleepAsync();

        sleep.Should().BeCloseTo(Seconds(30.5), Seconds(0.5), "the system tells no TTL");
    }

    private DnsTestServer StartServerWith(params string[] addresses)
    {
        DnsTestServer server = StartServer();
        SetAddresses(server, addresses);
        return server;
    }

    private static void SetAddresses(DnsTestServer server, params string[] addresses)
    {
        server.ClearZone();
        Array.ForEach(addresses, address => server.AddAddress(Name, address, Seconds(30)));
    }

    private DnsResolver CreateResolver(DnsTestServer server, ILoggerFactory? log = null) => CreateResolver(
        options =>
        {
            options.LoggerFactory = log;
            options.TimeProvider = _time;
            options.Attempts = 1;
            options.Cache.MaxStale = TimeSpan.FromHours(1);
        },
        server);

    private static IEnumerable<string> Addresses(DnsAnswer<DnsAddressRecord> answer) => answer.Records.Select(record => record.Address.ToString());

    private void Report(DnsAnswer<DnsAddressRecord> answer) => _reports.Writer.TryWrite(answer);

    private Task<DnsAnswer<DnsAddressRecord>> NextAsync() => _reports.Reader.ReadAsync().AsTask().WaitAsync(Guard);

    // No other timer is due so late, or just after 5 s: the jitter tells them apart.
    private async Task<TimeSpan> AwaitSleepAsync()
    {
        using CancellationTokenSource guard = new(Guard);
        while (true)
        {
            TimeSpan[] sleeps = [.. _time.DueTimes.Where(due => due > Seconds(20) || (due > Seconds(5) && due < Seconds(5.6)))];
            if (sleeps.Length > _sleeps)
            {
                _sleeps++;
                return sleeps[_sleeps - 1];
            }

            guard.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private void Wake() => _time.Advance(Seconds(33.1));
}
