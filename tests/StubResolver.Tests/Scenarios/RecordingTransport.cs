using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using StubResolver.Transport;

namespace StubResolver.Tests.Scenarios;

/// <summary>A transport that reaches nobody, and records what ambient values of its caller it sees.</summary>
internal sealed class RecordingTransport : DnsTransport, ITransmission
{
    public static AsyncLocal<string?> Ambient { get; } = new();

    public ConcurrentQueue<string?> Seen { get; } = new();

    /// <summary>Gets what is thrown instead of sending.</summary>
    public Exception? Fault { get; init; }

    public override ITransmission Send(in TransmissionRequest request, ITransmissionSink sink)
    {
        Seen.Enqueue(Ambient.Value ?? Activity.Current?.OperationName);
        if (Fault is not null)
        {
            throw Fault;
        }

        sink.Post(new TransmissionEvent(request.Tag, TransmissionEventKind.Failed, SocketError: SocketError.NetworkUnreachable));
        return this;
    }

    public override void ResetConnections()
    {
    }

    public override ValueTask DisposeAsync() => default;

    public void Stop()
    {
    }

    public void OnTryOver(long sentAt)
    {
    }
}
