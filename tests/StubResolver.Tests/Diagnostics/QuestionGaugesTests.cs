using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using StubResolver.Testing;
using StubResolver.Tests.Scenarios;

namespace StubResolver.Tests.Diagnostics;

/// <summary>The gauges of questions.</summary>
public sealed class QuestionGaugesTests : ScenarioTestBase
{
    private readonly TestMeterFactory _meters;

    public QuestionGaugesTests() => _meters = Track(new TestMeterFactory());

    [Fact]
    public async Task Questions_OneSlotAndTwoQuestions_AreInFlightAndWaiting()
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        DnsTestServer server = StartServer().OnAnyQuery((_, response) => response.DelayUntil(gate.Task));
        DnsResolver resolver = CreateResolver(options => (options.MeterFactory, options.MaxConcurrentQueries) = (_meters, 1), server);
        using MetricCollector<long> inFlight = new(_meters, "StubResolver", "stubresolver.questions.in_flight");
        using MetricCollector<long> waiting = new(_meters, "StubResolver", "stubresolver.questions.waiting");
        Task[] queries = [.. ((string[])["a.test", "b.test"]).Select(name => resolver.QueryAsync(name, DnsRecordType.A).AsTask())];
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);

        (long InFlight, long Waiting) during = (Read(inFlight), Read(waiting));
        gate.SetResult();
        await Task.WhenAll(queries).WaitAsync(Guard);

        during.Should().Be((1, 1));
        (Read(inFlight), Read(waiting)).Should().Be((0, 0));
    }

    private static long Read(MetricCollector<long> gauge)
    {
        gauge.RecordObservableInstruments();
        return gauge.LastMeasurement!.Value;
    }
}
