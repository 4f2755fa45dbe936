using System.Threading.Channels;
using StubResolver.Transport;

namespace StubResolver.Tests.Transport;

/// <summary>Takes the events of transmissions, in order. Waits end with an exception after a time that no healthy run comes near.</summary>
internal sealed class RecordingSink : ITransmissionSink
{
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(30);

    private readonly Channel<TransmissionEvent> _events = Channel.CreateUnbounded<TransmissionEvent>();

    public void Post(in TransmissionEvent transmissionEvent) => _events.Writer.TryWrite(transmissionEvent);

    public Task<TransmissionEvent> NextAsync() => _events.Reader.ReadAsync().AsTask().WaitAsync(s_guard);

    /// <summary>Whether an event is there that nobody took.</summary>
    public bool HasMore => _events.Reader.TryPeek(out _);
}
