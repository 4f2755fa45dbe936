using System.Net.Sockets;
using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

public sealed class StragglerTests : ScenarioTestBase
{
    private static readonly TimeSpan s_beforeNextTry = TimeSpan.FromMilliseconds(700); // AAAA was sent 250 ms ago, and is sent again after 1 s

    [Fact]
    public async Task ResolveAddressesAsync_FamilyThatAnotherLookupLeftForBeingLate_IsJoinedAndNotFailed()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "192.0.2.1");
        server.On("a.test", DnsRecordType.Aaaa, (_, response) => response.AddAddress("2001:db8::1").Delay(TimeSpan.FromSeconds(2)));
        DnsResolver resolver = CreateResolver(options => options.IPv6 = DnsIPv6Mode.Always, server);
        DnsAnswer<DnsAddressRecord> both = await AdvanceUntilEndAsync(
            resolver.ResolveAddressesAsync("a.test").AsTask(), TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));

        DnsAnswer<DnsAddressRecord> late = await AdvanceUntilEndAsync(
            resolver.ResolveAddressesAsync("a.test", AddressFamily.InterNetworkV6).AsTask(), TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(10));

        both.PartialFailure!.DnsError.Should().Be(DnsError.Timeout);
        late.Records.Should().ContainSingle().Which.Address.ToString().Should().Be("2001:db8::1");
    }

    [Fact]
    public async Task Straggler_ListensForTheTimeOfATry_AndSendsNothingMore()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "127.0.0.1").On("a.test", DnsRecordType.Aaaa, (_, response) => response.Drop());
        DnsTestServer other = StartSilentServer();
        DnsResolver resolver = CreateResolver(options => options.AttemptTimeout = TimeSpan.FromSeconds(3), server, other);
        Task<DnsAnswer<DnsAddressRecord>> lookup = resolver.ResolveAddressesAsync("a.test").AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        Time.Advance(TimeSpan.FromMilliseconds(250));
        await server.WaitForQueriesAsync(2).WaitAsync(Guard);
        await AdvanceUntilEndAsync(lookup, TimeSpan.FromMicroseconds(100), s_beforeNextTry);

        Time.Advance(TimeSpan.FromSeconds(2.2)); // more than a try, and less than listening takes from when the lookup ended
        await SettleAsync();
        int whileListening = resolver.Pipeline.Engine.RunningCount;
        Time.Advance(TimeSpan.FromSeconds(0.8));
        await AdvanceUntilAsync(() => resolver.Pipeline.Engine.RunningCount == 0, TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(1));

        whileListening.Should().Be(1);
        resolver.Pipeline.Engine.RunningCount.Should().Be(0);
        resolver.Pipeline.Engine.Context.Slots.InFlight.Should().Be(0);
        server.Queries.Concat(other.Queries).Should().HaveCount(2);
    }

    [Fact]
    public async Task SomebodyJoinsAStraggler_ItIsSentAgainInTime()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "127.0.0.1").On("a.test", DnsRecordType.Aaaa, (_, response) => response.Drop());
        DnsResolver resolver = CreateResolver(options => options.Cache.FailureTtl = TimeSpan.Zero, server);
        Task<DnsAnswer<DnsAddressRecord>> lookup = resolver.ResolveAddressesAsync("a.test").AsTask();
        await server.WaitForQueriesAsync(1);
        Time.Advance(TimeSpan.FromMilliseconds(250));
        await server.WaitForQueriesAsync(2);
        await AdvanceUntilEndAsync(lookup, TimeSpan.FromMicroseconds(100), s_beforeNextTry);

        using CancellationTokenSource leave = new();
        Task query = resolver.QueryAsync("a.test", DnsRecordType.Aaaa, leave.Token).AsTask();
        await SettleAsync();
        Time.Advance(TimeSpan.FromSeconds(2));

        IReadOnlyList<DnsTestQuery> queries = await server.WaitForQueriesAsync(2, sent => sent.Type == DnsRecordType.Aaaa).WaitAsync(Guard);
        queries.Should().HaveCount(2, "the new caller wants what a straggler no longer does");
        await leave.CancelAsync();
        await query.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
    }
}
