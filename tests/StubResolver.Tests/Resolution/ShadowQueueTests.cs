using System.Net;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using StubResolver.Diagnostics;
using StubResolver.Resolution;
using StubResolver.Tests.Diagnostics;

namespace StubResolver.Tests.Resolution;

public sealed class ShadowQueueTests : IDisposable
{
    private const int Capacity = 256;

    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);

    private readonly TestMeterFactory _meters = new();
    private readonly FakeLogger _logger = new();
    private readonly FakeTimeProvider _time = new();
    private readonly MetricCollector<long> _comparisons;
    private readonly MetricCollector<double> _durations;

    public ShadowQueueTests()
    {
        _comparisons = new MetricCollector<long>(_meters, "StubResolver", "stubresolver.shadow.comparisons");
        _durations = new MetricCollector<double>(_meters, "StubResolver", "stubresolver.shadow.duration");
    }

    public void Dispose()
    {
        _comparisons.Dispose();
        _durations.Dispose();
        _meters.Dispose();
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", "same")]
    [InlineData("192.0.2.1", "192.0.2.2", "addresses")]
    [InlineData("192.0.2.1", null, "outcome")]
    [InlineData(null, "192.0.2.1", "outcome")]
    public async Task Add_TwoResults_AreComparedCountedAndTimed(string? system, string? managed, string expected)
    {
        using ShadowQueue queue = Create(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(3));
            return managed is null ? throw new DnsException(DnsError.NameNotFound, "a.test") : Answer(managed);
        });

        queue.Add("a.test", default, Result(system));
        await _comparisons.WaitForMeasurementsAsync(1, s_guard);

        _comparisons.GetMeasurementSnapshot().Should().ContainSingle().Which.Tags.Should().Contain("result", expected);
        _durations.GetMeasurementSnapshot().Select(measurement => ((string?)measurement.Tags["resolver"], measurement.Value))
            .Should().Equal(("system", 0.007), ("managed", 0.003));
        _logger.Collector.GetSnapshot().Where(log => log.Level == LogLevel.Warning)
            .Select(log => log.Message.Contains("a.test") && log.Message.Contains("7 ms") && log.Message.Contains("3 ms"))
            .Should().Equal(expected == "same" ? [] : [true]);
    }

    [Fact]
    public async Task Add_QueueFull_DropsAndCounts()
    {
        TaskCompletionSource isBusy = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<DnsAnswer<DnsAddressRecord>> gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ShadowQueue queue = Create(() =>
        {
            isBusy.TrySetResult();
            return new ValueTask<DnsAnswer<DnsAddressRecord>>(gate.Task);
        });
        queue.Add("a.test", default, Result("192.0.2.1"));
        await isBusy.Task.WaitAsync(s_guard);

        for (int i = 0; i < Capacity + 3; i++)
        {
            queue.Add("a.test", default, Result("192.0.2.1"));
        }

        _comparisons.GetMeasurementSnapshot().Should().HaveCount(3).And.OnlyContain(measurement => (string?)measurement.Tags["result"] == "dropped");
        gate.SetResult(await Answer("192.0.2.1"));
        await _comparisons.WaitForMeasurementsAsync(3 + 1 + Capacity, s_guard);
    }

    [Fact]
    public async Task Dispose_LookupUnderWay_EndsIt()
    {
        TaskCompletionSource isBusy = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ShadowQueue queue = new(
            async (_, _, cancellationToken) =>
            {
                isBusy.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return await Answer("192.0.2.1");
            },
            new ResolverMetrics(_meters),
            _logger,
            _time);
        queue.Add("a.test", default, Result("192.0.2.1"));
        await isBusy.Task.WaitAsync(s_guard);

        queue.Dispose();

        await queue.Completion.WaitAsync(s_guard);
    }

    private ShadowQueue Create(Func<ValueTask<DnsAnswer<DnsAddressRecord>>> resolve) =>
        new((_, _, _) => resolve(), new ResolverMetrics(_meters), _logger, _time);

    private static ValueTask<DnsAnswer<DnsAddressRecord>> Answer(string address) =>
        new(new DnsAnswer<DnsAddressRecord>("a.test", [new DnsAddressRecord("a.test", TimeSpan.Zero, IPAddress.Parse(address))]));

    private static ShadowResult Result(string? address) =>
        new(address is null ? DnsError.NameNotFound : null, address is null ? [] : [IPAddress.Parse(address)], TimeSpan.FromMilliseconds(7));
}
