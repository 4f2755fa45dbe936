using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using StubResolver.Diagnostics;
using StubResolver.Transport;

namespace StubResolver.Tests.Scenarios;

/// <summary>Faults that no reply explains: they end their question, and nothing else.</summary>
public sealed class FaultTests : ScenarioTestBase
{
    private const int QuestionFaulted = 2002;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task QueryAsync_TransmissionFaults_EndsWithTheFaultLoggedOnce(bool isWhileSending)
    {
        FakeLogCollector logs = new();
        using LoggerFactory factory = new([new FakeLoggerProvider(logs)]);
        DnsResolver resolver = CreateResolver(
            options =>
            {
                options.Servers = [DnsServer.Parse("192.0.2.53")];
                options.LoggerFactory = factory;
            },
            new FaultingTransport(isWhileSending));

        Func<Task> act = () => resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        await act.Should().ThrowAsync<InvalidTimeZoneException>();
        logs.GetSnapshot().Where(log => log.Id.Id == QuestionFaulted).Should().ContainSingle()
            .Which.Exception.Should().BeOfType<InvalidTimeZoneException>();
        resolver.Pipeline.Engine.RunningCount.Should().Be(0);
        resolver.Pipeline.Engine.Context.Slots.InFlight.Should().Be(0);
    }

    [Fact]
    public void Send_QueryThatCannotBeWritten_LeavesNothingBehind()
    {
        SocketTransport transport = new(1, Time, new RandomSource(), new ResolverMetrics(null), NullLogger.Instance);
        TransmissionRequest request = new()
        {
            Tag = 0,
            Server = DnsServer.Parse("127.0.0.1"),
            Protocol = DnsProtocol.Udp,
            Name = "not..a.name",
            Type = DnsRecordType.A,
        };

        Action act = () => transport.Send(request, new QuestionSink());

        act.Should().Throw<ArgumentException>();
        transport.OpenUdpCount.Should().Be(0);
    }

    /// <summary>Fails in a way that sockets do not.</summary>
    private sealed class FaultingTransport(bool isWhileSending) : DnsTransport, ITransmission
    {
        public override ITransmission Send(in TransmissionRequest request, ITransmissionSink sink)
        {
            InvalidTimeZoneException fault = new("a fault");
            if (isWhileSending)
            {
                throw fault;
            }

            sink.Post(new TransmissionEvent(request.Tag, TransmissionEventKind.Faulted, Fault: fault));
            return this;
        }

        public override void ResetConnections()
        {
        }

        public override ValueTask DisposeAsync() => default;

        public void Stop()
        {
        }

        public void OnTryOver(long tryStartedAt)
        {
        }
    }

    private sealed class QuestionSink : ITransmissionSink
    {
        public void Post(in TransmissionEvent transmissionEvent) => throw new InvalidOperationException("Nothing was sent.");
    }
}
