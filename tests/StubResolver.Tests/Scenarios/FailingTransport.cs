using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using StubResolver.Diagnostics;
using StubResolver.Transport;

namespace StubResolver.Tests.Scenarios;

/// <summary>Real sockets, but for some servers: to them nothing can be sent, for one reason.</summary>
internal sealed class FailingTransport(TimeProvider time, SocketError error, params DnsServer[] unreachable) : DnsTransport
{
    private int _failedCount;
    private readonly SocketTransport _sockets = new(4, time, new RandomSource(), new ResolverMetrics(null), NullLogger.Instance);

    /// <summary>Gets how many messages could not be sent.</summary>
    public int FailedCount => Volatile.Read(ref _failedCount);

    public override ITransmission Send(in TransmissionRequest request, ITransmissionSink sink)
    {
        if (!unreachable.Contains(request.Server))
        {
            return _sockets.Send(request, sink);
        }

        Interlocked.Increment(ref _failedCount);
        sink.Post(new TransmissionEvent(request.Tag, TransmissionEventKind.Failed, SocketError: error));
        return new EndedTransmission();
    }

    public override void ResetConnections() => _sockets.ResetConnections();

    public override ValueTask DisposeAsync() => _sockets.DisposeAsync();

    private sealed class EndedTransmission : ITransmission
    {
        public void Stop()
        {
        }

        public void OnTryOver(long tryStartedAt)
        {
        }
    }
}
