namespace StubResolver.Transport;

/// <summary>Exchanges messages with servers: the seam where tests install a fake.</summary>
internal abstract class DnsTransport : IAsyncDisposable
{
    /// <summary>Sends one query to one server. What comes of it, an error to send included, is posted to <paramref name="sink"/>.</summary>
    public abstract ITransmission Send(in TransmissionRequest request, ITransmissionSink sink);

    /// <summary>Closes idle connections now and the others when they are done: what they lead to may be gone.</summary>
    public abstract void ResetConnections();

    public abstract ValueTask DisposeAsync();
}
