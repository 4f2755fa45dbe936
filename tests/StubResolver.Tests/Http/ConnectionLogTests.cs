using System.Net;
using System.Net.Sockets;

namespace StubResolver.Tests.Http;

/// <summary>What connections say in the log: names at Debug, but in warnings about that name.</summary>
public sealed class ConnectionLogTests : DnsConnectorTestBase, IDisposable
{
    private readonly LogCollector _log = new();

    public ConnectionLogTests() => Options.LoggerFactory = _log;

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task ConnectAsync_OneAddressFails_SaysWhichAndHow()
    {
        Task<Socket> connect = ConnectAsync("host.test");
        (await Dialer.NextAsync(First)).Fail(SocketError.ConnectionRefused);
        (await Dialer.NextAsync(Second)).Succeed();

        await connect;

        _log.Entries.Should().Equal($"Debug 5001 DnsConnector: {First} on port 443 could not be connected for host.test: ConnectionRefused.");
    }

    [Fact]
    public async Task ConnectAsync_OnlyAddressFails_SaysWhichAndHow()
    {
        Task<Socket> connect = ConnectAsync("one.test");
        (await Dialer.NextAsync(Second)).Fail(SocketError.HostUnreachable);

        await ShouldFailAsync<SocketException>(connect);

        _log.Entries.Should().Equal($"Debug 5001 DnsConnector: {Second} on port 443 could not be connected for one.test: HostUnreachable.");
    }

    [Fact]
    public async Task ConnectAsync_PolicyRefuses_WarnsOfNameAddressAndPurpose()
    {
        Options.AddressPolicy = DnsAddressPolicy.PublicOnly;

        await ShouldFailAsync<DnsException>(ConnectAsync("one.test"));

        _log.Entries.Should().Equal(
            $"Warning 5002 DnsConnector: The address policy does not allow one.test to lead to {Second} (documentation, RFC 5737) on port 443.");
    }

    [Fact]
    public async Task ConnectAsync_FirstConnects_SaysNothing()
    {
        Task<Socket> connect = ConnectAsync("host.test");
        (await Dialer.NextAsync(First)).Succeed();

        await connect;

        _log.Entries.Should().BeEmpty();
    }

    [Fact]
    public async Task ConnectAsync_NoFactoryInTheOptions_LogsWhereTheResolverLogs()
    {
        await using DnsResolver resolver = new(new DnsResolverOptions { Servers = { new IPEndPoint(IPAddress.Loopback, 53) }, LoggerFactory = _log });
        DnsConnector connector = new(resolver, new DnsConnectorOptions { AddressPolicy = _ => false });

        await ShouldFailAsync<DnsException>(connector.ConnectAsync("127.0.0.1", 443).AsTask());

        _log.Entries.Should().ContainSingle(entry => entry.StartsWith("Warning 5002 DnsConnector:", StringComparison.Ordinal));
    }
}
