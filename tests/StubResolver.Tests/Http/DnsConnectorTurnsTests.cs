using System.Net.Sockets;

namespace StubResolver.Tests.Http;

/// <summary>Equal addresses take turns, and addresses that refused wait at the end.</summary>
public class DnsConnectorTurnsTests : DnsConnectorTestBase
{
    public DnsConnectorTurnsTests() => Resolver.Add("equal.test", "192.0.2.1", "192.0.2.2", "192.0.2.3").Add("other.test", "192.0.2.11", "192.0.2.12");

    [Fact]
    public async Task ConnectAsync_EqualAddresses_TakeTurns()
    {
        DnsConnector connector = CreateConnector();

        List<string> firsts = [];
        for (int i = 0; i < 6; i++)
        {
            firsts.Add(await ConnectToFirstAsync(connector, "equal.test"));
            await ConnectToFirstAsync(connector, "other.test"); // a host that alternates with it must not keep it in step
        }

        firsts.GroupBy(first => first).Should().HaveCount(3).And.OnlyContain(group => group.Count() == 2);
        firsts[..3].Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task ConnectAsync_AddressesOfDifferentRank_DoNotTakeTurns()
    {
        Resolver.Add("ranked.test", "192.0.2.1", "127.0.0.1");
        DnsConnector connector = CreateConnector();

        string[] firsts = [await ConnectToFirstAsync(connector, "ranked.test"), await ConnectToFirstAsync(connector, "ranked.test")];

        firsts.Should().OnlyContain(first => first == "192.0.2.1");
    }

    [Fact]
    public async Task ConnectAsync_AddressThatRefused_ComesLastForThirtySeconds()
    {
        DnsConnector connector = CreateConnector();
        Task<Socket> refused = connector.ConnectAsync("host.test", 443).AsTask();
        (await Dialer.NextAsync(First)).Fail(SocketError.ConnectionRefused);
        (await Dialer.NextAsync(Second)).Succeed();
        await refused;

        string atOnce = await ConnectToFirstAsync(connector, "host.test");
        Time.Advance(TimeSpan.FromSeconds(30));
        string later = await ConnectToFirstAsync(connector, "host.test");

        (atOnce, later).Should().Be((Second, First));
    }

    [Theory]
    [InlineData(SocketError.TooManyOpenSockets)]
    [InlineData(SocketError.AccessDenied)]
    [InlineData(SocketError.AddressNotAvailable)]
    public async Task ConnectAsync_FaultOfThisHost_IsNotTheAddresss(SocketError error)
    {
        DnsConnector connector = CreateConnector();
        Task<Socket> failing = connector.ConnectAsync("host.test", 443).AsTask();
        (await Dialer.NextAsync(First)).Fail(error);
        (await Dialer.NextAsync(Second)).Succeed();
        await failing;

        (await ConnectToFirstAsync(connector, "host.test")).Should().Be(First);
    }

    [Fact]
    public async Task ConnectAsync_AllHadRefused_TriesThemAgainAndForgetsTheOneThatConnects()
    {
        DnsConnector connector = CreateConnector();
        Task<Socket> failing = connector.ConnectAsync("host.test", 443).AsTask();
        (await Dialer.NextAsync(First)).Fail(SocketError.ConnectionRefused);
        (await Dialer.NextAsync(Second)).Fail(SocketError.ConnectionRefused);
        await ShouldFailAsync<SocketException>(failing);
        Task<Socket> again = connector.ConnectAsync("host.test", 443).AsTask();
        (await Dialer.NextAsync(First)).Fail(SocketError.ConnectionRefused);
        (await Dialer.NextAsync(Second)).Succeed();
        await again;

        (await ConnectToFirstAsync(connector, "host.test")).Should().Be(Second);
    }

    [Fact]
    public async Task ConnectAsync_LoserThatWasCancelled_HasNotRefused()
    {
        DnsConnector connector = CreateConnector();
        Task<Socket> connect = connector.ConnectAsync("host.test", 443).AsTask();
        await Dialer.NextAsync(First);
        Time.Advance(TimeSpan.FromMilliseconds(250));
        (await Dialer.NextAsync(Second)).Succeed();
        await connect;

        (await ConnectToFirstAsync(connector, "host.test")).Should().Be(First);
    }

    private async Task<string> ConnectToFirstAsync(DnsConnector connector, string host)
    {
        Task<Socket> connect = connector.ConnectAsync(host, 443).AsTask();
        ScriptedDialer.Attempt first = await Dialer.NextAsync();
        first.Succeed();
        (await connect).Dispose();
        return first.EndPoint.Address.ToString();
    }
}
