using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using StubResolver.Diagnostics;
using StubResolver.Transport;

namespace StubResolver.Tests.Transport;

/// <summary>Exceptions that nothing on the network explains: each ends the queries concerned, is logged once, and reaches nobody else.</summary>
public sealed class TcpFaultTests : TransportTestBase
{
    private readonly FaultyTime _time = new();

    [Fact]
    public async Task Send_ConnectionThatCannotBegin_FailsTheQueryAndIsForgotten()
    {
        await using SocketTransport transport = Transport = CreateTransport(_time);
        _time.FailTimer();

        TransmissionEvent first = await AskAsync(TcpRequest());
        TransmissionEvent second = await AskAsync(TcpRequest());

        (first.Kind, first.SocketError).Should().Be((TransmissionEventKind.Failed, SocketError.SocketError));
        AddressesOf(second).Should().Equal(["192.0.2.1"], "the next query begins with another connection");
        Log.Texts(LogLevel.Error).Should().ContainSingle();
    }

    [Fact]
    public async Task Receive_FaultInTheLoop_MovesTheQueriesToAnotherConnection()
    {
        TaskCompletionSource gate = new();
        Server.On("a.test", (query, response) => response.DelayUntil(query.Attempt == 1 ? gate.Task : Task.CompletedTask));
        await using SocketTransport transport = Transport = CreateTransport(_time);
        ITransmission transmission = Transport.Send(TcpRequest(), Sink);
        await Server.WaitForQueriesAsync(1, Guard);

        _time.FailReading();
        gate.SetResult();

        AddressesOf(await Sink.NextAsync()).Should().Equal("192.0.2.1");
        Log.Texts(LogLevel.Error).Should().ContainSingle();
        Server.ConnectionCount.Should().Be(2);
        transmission.Stop();
    }

    [Fact]
    public async Task OnTimer_FaultInTheCallback_ClosesTheConnectionAndMovesItsQueries()
    {
        Server.On("a.test", (query, response) =>
        {
            if (query.Attempt == 1)
            {
                response.Drop();
            }
        });
        await using SocketTransport transport = Transport = CreateTransport(_time);
        long tryStartedAt = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromMilliseconds(400));
        ITransmission transmission = Transport.Send(TcpRequest(), Sink);
        await Server.WaitForQueriesAsync(1, Guard);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        transmission.OnTryOver(tryStartedAt); // the connection has 400 ms more

        _time.FailReading();
        _time.Advance(TimeSpan.FromMilliseconds(400));

        AddressesOf(await Sink.NextAsync()).Should().Equal("192.0.2.1");
        Log.Texts(LogLevel.Error).Should().ContainSingle();
        Server.ConnectionCount.Should().Be(2);
        transmission.Stop();
    }

    [Fact]
    public async Task Post_SinkThatThrows_IsLoggedAndHarmsNobodyElse()
    {
        ErrorLog log = new();
        await using SocketTransport transport = Transport = new SocketTransport(4, _time, new RandomSource(), new ResolverMetrics(null), log);
        ITransmission first = Transport.Send(TcpRequest(tag: 1), new ThrowingSink());

        (await log.First.WaitAsync(Guard)).Should().BeOfType<NotFiniteNumberException>();
        AddressesOf(await AskAsync(TcpRequest("b.test", tag: 2))).Should().Equal("192.0.2.2");
        first.Stop();
    }

    private sealed class ThrowingSink : ITransmissionSink
    {
        public void Post(in TransmissionEvent transmissionEvent) => throw new NotFiniteNumberException("the sink's");
    }

    private sealed class ErrorLog : ILogger
    {
        private readonly TaskCompletionSource<Exception?> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Exception?> First => _first.Task;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _first.TrySetResult(exception);
    }
}
