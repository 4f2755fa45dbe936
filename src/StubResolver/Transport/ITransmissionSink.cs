namespace StubResolver.Transport;

/// <summary>Where transmissions report; called on any thread, also before <see cref="DnsTransport.Send"/> returns.</summary>
internal interface ITransmissionSink
{
    void Post(in TransmissionEvent transmissionEvent);
}
