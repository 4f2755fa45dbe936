using Microsoft.Extensions.Time.Testing;
using StubResolver.Diagnostics;
using StubResolver.Testing;
using StubResolver.Tests.Configuration;
using StubResolver.Transport;

namespace StubResolver.Tests.Transport;

/// <summary>The transport alone, over real sockets, against a server of two names; the clock stands still.</summary>
public abstract class TransportTestBase : IAsyncLifetime
{
    private protected TransportTestBase()
    {
        Server = DnsTestServer.Start(timeProvider: Time).AddAddress("a.test", "192.0.2.1").AddAddress("b.test", "192.0.2.2");
        Transport = CreateTransport();
    }

    private protected FakeTimeProvider Time { get; } = new();

    private protected DnsTestServer Server { get; }

    private protected SocketTransport Transport { get; set; }

    private protected LogRecorder Log { get; } = new();

    private protected RecordingSink Sink { get; } = new();

    /// <summary>A wait that ends with an exception after a time that no healthy run comes near.</summary>
    private protected static CancellationToken Guard => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await Transport.DisposeAsync();
        await Server.DisposeAsync();
    }

    private protected SocketTransport CreateTransport(TimeProvider? time = null) =>
        new(maxTcpConnectionsPerServer: 4, time ?? Time, new RandomSource(), new ResolverMetrics(null), Log);

    private protected TransmissionRequest UdpRequest(string name = "a.test", int tag = 0) => new()
    {
        Tag = tag, Server = new DnsServer(Server.EndPoint), Protocol = DnsProtocol.Udp, Name = name, Type = DnsRecordType.A, UdpPayloadSize = 1232,
    };

    private protected TransmissionRequest TcpRequest(string name = "a.test", int tag = 0) => UdpRequest(name, tag) with
    {
        Server = new DnsServer(Server.EndPoint, DnsProtocol.Tcp),
        Protocol = DnsProtocol.Tcp,
        AsksForKeepalive = true,
    };

    private protected async Task<TransmissionEvent> AskAsync(TransmissionRequest request)
    {
        ITransmission transmission = Transport.Send(request, Sink);
        TransmissionEvent transmissionEvent = await Sink.NextAsync();
        transmission.Stop();
        return transmissionEvent;
    }

    private protected static string[] AddressesOf(TransmissionEvent transmissionEvent) =>
        [.. transmissionEvent.Response!.Answers.OfType<DnsAddressRecord>().Select(record => record.Address.ToString())];
}
