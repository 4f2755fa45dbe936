using System.Net;
using System.Net.Sockets;

namespace StubResolver.Tests.Http;

/// <summary>What a connect does before the first address: literals, families, the policy, and the ways in which it ends early.</summary>
public class DnsConnectorLookupTests : DnsConnectorTestBase
{
    [Theory]
    [InlineData("192.0.2.9", "192.0.2.9")]
    [InlineData("2001:db8::9", "2001:db8::9")]
    [InlineData("[2001:db8::9]", "2001:db8::9")]
    [InlineData("[::ffff:192.0.2.9]", "192.0.2.9")]
    [InlineData("fe80::9%1", "fe80::9%1")]
    public async Task ConnectAsync_Literal_DoesNotAskTheResolver(string host, string expected)
    {
        Task<Socket> connect = ConnectAsync(host);
        (await Dialer.NextAsync(expected)).Succeed();

        await connect;

        Resolver.CallCount(host).Should().Be(0);
    }

    [Theory]
    [InlineData("one.test.")]
    [InlineData("ONE.test")]
    public async Task ConnectAsync_Name_ReachesTheResolverAsItIs(string host)
    {
        Task<Socket> connect = ConnectAsync(host);
        (await Dialer.NextAsync(Second)).Succeed();
        await connect;

        (await Resolver.Lookups.ReadAsync()).Should().Be(host);
    }

    [Theory]
    [InlineData(AddressFamily.InterNetwork, Second)]
    [InlineData(AddressFamily.InterNetworkV6, First)]
    public async Task ConnectAsync_EndPointWithFamily_ConnectsToThatFamilyOnly(AddressFamily family, string expected)
    {
        Task<Socket> connect = CreateConnector().ConnectAsync(new DnsEndPoint("host.test", 443, family)).AsTask();
        (await Dialer.NextAsync(expected)).Fail(SocketError.ConnectionRefused);

        await ShouldFailAsync<SocketException>(connect);

        Dialer.Count.Should().Be(1);
    }

    [Fact]
    public async Task ConnectAsync_LiteralOfAnotherFamily_HasNoData()
    {
        Task<Socket> connect = CreateConnector().ConnectAsync(new DnsEndPoint("192.0.2.1", 443, AddressFamily.InterNetworkV6)).AsTask();

        (await ShouldFailAsync<DnsException>(connect)).DnsError.Should().Be(DnsError.NoData);
    }

    [Theory]
    [InlineData(DnsError.NameNotFound, false)]
    [InlineData(DnsError.ServerFailure, true)]
    public async Task ConnectAsync_LookupFails_ThrowsWhatItThrew(DnsError error, bool isTransient)
    {
        Resolver.Fail("failing.test", error);

        DnsException exception = await ShouldFailAsync<DnsException>(ConnectAsync("failing.test"));

        (exception.DnsError, exception.Name, exception.IsTransient).Should().Be((error, "failing.test", isTransient));
    }

    [Theory]
    [InlineData("[::1]:9")]
    [InlineData("[::1")]
    [InlineData("::1]")]
    [InlineData("a..test")]
    [InlineData("a b.test\u0000")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234.test")]
    public async Task ConnectAsync_NoNameAndNoLiteral_IsANameThatDoesNotExist(string host)
    {
        await using DnsResolver resolver = new(new DnsResolverOptions { Servers = [new IPEndPoint(IPAddress.Loopback, 9)] });
        DnsConnector connector = new(resolver, Options, Dialer.ConnectAsync);

        DnsException exception = await ShouldFailAsync<DnsException>(connector.ConnectAsync(host, 443).AsTask());

        (exception.DnsError, exception.Name, exception.Attempts.Count).Should().Be((DnsError.NameNotFound, host, 0));
        exception.Cause.Should().BeAssignableTo<ArgumentException>();
        exception.ToString().Should().Contain($" ---> {exception.Cause!.GetType().FullName}");
        Dialer.Count.Should().Be(0);
    }

    [Theory]
    [InlineData("", 443)]
    [InlineData("host.test", 0)]
    [InlineData("host.test", 65536)]
    public async Task ConnectAsync_BadArgument_Throws(string host, int port)
    {
        Func<Task> act = async () => await CreateConnector().ConnectAsync(host, port);

        await act.Should().ThrowAsync<ArgumentException>();
    }

    [Theory]
    [InlineData("one.test", "192.0.2.1")]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("host.test", "2001:db8::1")]
    public async Task ConnectAsync_AllAddressesAreRefusedByThePolicy_SaysWhichAndWhatTheyAre(string host, string refused)
    {
        Options.AddressPolicy = DnsAddressPolicy.PublicOnly;

        DnsException exception = await ShouldFailAsync<DnsException>(ConnectAsync(host));

        (exception.DnsError, exception.Name, Dialer.Count).Should().Be((DnsError.NameNotAllowed, host, 0));
        exception.Message.Should().Contain($"{refused} (documentation, RFC");
    }

    [Fact]
    public async Task ConnectAsync_SomeAddressesAreRefusedByThePolicy_SkipsThemAtOnce()
    {
        List<string> asked = [];
        Options.AddressPolicy = target =>
        {
            asked.Add(target.ToString());
            return target.Address.AddressFamily == AddressFamily.InterNetwork;
        };
        Task<Socket> connect = ConnectAsync("host.test");
        (await Dialer.NextAsync(Second)).Fail(SocketError.ConnectionRefused);

        SocketException exception = await ShouldFailAsync<SocketException>(connect);

        exception.Message.Should().Contain($"{First} (documentation, RFC 3849) is not allowed").And.Contain(Second);
        asked.Should().Equal("host.test ([2001:db8::1]:443)", "host.test (192.0.2.1:443)");
    }

    [Fact]
    public async Task ConnectAsync_Policy_IsAskedOnlyWhenItIsAnAddresssTurn()
    {
        int asked = 0;
        Options.AddressPolicy = _ => ++asked > 0;
        Task<Socket> connect = ConnectAsync("host.test");
        (await Dialer.NextAsync(First)).Succeed();

        await connect;

        asked.Should().Be(1);
    }

    [Fact]
    public async Task ConnectAsync_PolicyThrows_ReachesTheCaller()
    {
        Options.AddressPolicy = _ => throw new InvalidOperationException("a mistake in the policy");

        await ShouldFailAsync<InvalidOperationException>(ConnectAsync("host.test"));
    }

    [Theory]
    [InlineData("one.test")]
    [InlineData("192.0.2.1")]
    public async Task ConnectAsync_CancelledBefore_StartsNothing(string host)
    {
        CancellationToken cancelled = new(canceled: true);

        (await ShouldFailAsync<OperationCanceledException>(ConnectAsync(host, cancelled))).CancellationToken.Should().Be(cancelled);

        Dialer.Count.Should().Be(0);
    }

    [Fact]
    public async Task ConnectAsync_CancelledDuringTheLookup_ThrowsWithTheCallersToken()
    {
        using CancellationTokenSource caller = new();
        Options.ConnectTimeout = TimeSpan.FromSeconds(1);
        Resolver.Gate = new TaskCompletionSource().Task;
        Task<Socket> connect = ConnectAsync("host.test", caller.Token);
        await Resolver.Lookups.ReadAsync();

        await caller.CancelAsync();

        (await ShouldFailAsync<OperationCanceledException>(connect)).CancellationToken.Should().Be(caller.Token);
    }

    [Fact]
    public async Task ConnectAsync_TimeIsOverDuringTheLookup_IsALookupTimeout()
    {
        Options.ConnectTimeout = TimeSpan.FromSeconds(1.5);
        Resolver.Gate = new TaskCompletionSource().Task;
        Task<Socket> connect = ConnectAsync("host.test");
        await Resolver.Lookups.ReadAsync();

        Time.Advance(TimeSpan.FromSeconds(1.5));

        DnsException exception = await ShouldFailAsync<DnsException>(connect);
        (exception.DnsError, exception.IsTransient).Should().Be((DnsError.Timeout, true));
        exception.Message.Should().Contain("'host.test' was not resolved within the connect timeout of 1.5 s");
    }

    [Theory]
    [InlineData("one.test", Second)]
    [InlineData("host.test", First)]
    public async Task ConnectAsync_TimeIsOverWhileConnecting_NamesTheAddressesThatWereTried(string host, string silent)
    {
        Options.ConnectTimeout = TimeSpan.FromSeconds(1);
        Options.ConnectionAttemptDelay = TimeSpan.FromSeconds(2);
        Task<Socket> connect = ConnectAsync(host);
        ScriptedDialer.Attempt attempt = await Dialer.NextAsync(silent);

        Time.Advance(TimeSpan.FromSeconds(1));

        SocketException exception = await ShouldFailAsync<SocketException>(connect);
        exception.SocketErrorCode.Should().Be(SocketError.TimedOut);
        exception.Message.Should().Contain($"'{host}' on port 443 within the connect timeout of 1 s: {silent} did not answer");
        attempt.IsCancelled.Should().BeTrue();
    }

    [Fact]
    public async Task ConnectAsync_OneOfSeveralIsCancelledDuringALookup_DoesNotDisturbTheOthers()
    {
        TaskCompletionSource gate = new();
        Resolver.Gate = gate.Task;
        DnsConnector connector = CreateConnector();
        using CancellationTokenSource caller = new();
        Task<Socket> cancelled = connector.ConnectAsync("one.test", 443, caller.Token).AsTask();
        Task<Socket> staying = connector.ConnectAsync("one.test", 443).AsTask();

        await caller.CancelAsync();
        gate.SetResult();
        (await Dialer.NextAsync(Second)).Succeed();

        await ShouldFailAsync<OperationCanceledException>(cancelled);
        Dialer.OpenSockets.Should().Equal(await staying);
    }

    [Fact]
    public async Task ConnectAsync_AnyConnect_ResolvesOnce()
    {
        Task<Socket> connect = ConnectAsync("host.test");
        (await Dialer.NextAsync(First)).Fail(SocketError.ConnectionRefused);
        (await Dialer.NextAsync(Second)).Succeed();

        await connect;

        Resolver.CallCount("host.test").Should().Be(1);
    }
}
