using System.Net.Sockets;
using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

public sealed class CacheStaleTests : CacheScenarioBase
{
    private volatile bool _isBroken;

    [Fact]
    public async Task ResolveAddressesAsync_RefreshFails_ServesStale()
    {
        DnsTestServer server = StartBreakableServer();
        DnsResolver resolver = CreateResolver(server);
        await resolver.ResolveAddressesAsync(Name);
        Advance(60);
        _isBroken = true;

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync(Name);

        answer.IsStale.Should().BeTrue();
        answer.Records.Should().HaveCount(2);
        answer.ExpiresAt.Should().Be(Time.GetUtcNow() + Seconds(30));
        server.Queries.Should().HaveCount(4);
    }

    [Fact]
    public async Task ResolveAddressesAsync_AfterAFailedRefresh_ServesStaleForThirtySecondsWithoutAsking()
    {
        DnsTestServer server = StartBreakableServer();
        DnsResolver resolver = CreateResolver(server);
        await resolver.ResolveAddressesAsync(Name);
        Advance(60);
        _isBroken = true;
        await resolver.ResolveAddressesAsync(Name);
        int sent = server.Queries.Count;
        _isBroken = false;

        Advance(29.9);
        DnsAnswer<DnsAddressRecord> within = await resolver.ResolveAddressesAsync(Name);
        int sentWithin = server.Queries.Count;
        Advance(0.1);
        DnsAnswer<DnsAddressRecord> after = await resolver.ResolveAddressesAsync(Name);

        within.IsStale.Should().BeTrue();
        sentWithin.Should().Be(sent);
        after.IsStale.Should().BeFalse();
        server.Queries.Should().HaveCount(sent + 2);
    }

    [Fact]
    public async Task ResolveAddressesAsync_RefreshIsSlow_ServesStaleAfterEighteenHundredMillisecondsAndGoesOn()
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        DnsTestServer server = StartServer(60, 60);
        DnsResolver resolver = CreateResolver(server);
        await resolver.ResolveAddressesAsync(Name, AddressFamily.InterNetwork);
        Advance(60);
        server.On(Name, (_, response) => response.DelayUntil(gate.Task));

        Task<DnsAnswer<DnsAddressRecord>> slow = resolver.ResolveAddressesAsync(Name, AddressFamily.InterNetwork).AsTask();
        await server.WaitForQueriesAsync(2).WaitAsync(Guard);
        Advance(1.7);
        slow.IsCompleted.Should().BeFalse("the servers still have time");
        Advance(0.1);
        DnsAnswer<DnsAddressRecord> stale = await slow.WaitAsync(Guard);
        DnsAnswer<DnsAddressRecord> next = await resolver.ResolveAddressesAsync(Name, AddressFamily.InterNetwork);
        gate.SetResult();
        DnsAnswer<DnsAddressRecord> renewed = await ResolveUntilFreshAsync(resolver);

        stale.IsStale.Should().BeTrue();
        next.IsStale.Should().BeTrue("the refresh has had its time");
        renewed.ExpiresAt.Should().BeAfter(stale.ExpiresAt);
    }

    [Fact]
    public async Task ResolveAddressesAsync_RefreshGoesOnForTheOtherFamily_ServesEachWithWhatIsKnownOfIt()
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        DnsTestServer server = StartServer(60, 60);
        DnsResolver resolver = CreateResolver(server);
        await resolver.ResolveAddressesAsync(Name);
        Advance(60);
        server.On(Name, DnsRecordType.A, (_, response) => response.DelayUntil(gate.Task));

        Task<DnsAnswer<DnsAddressRecord>> both = resolver.ResolveAddressesAsync(Name).AsTask();
        await server.WaitForQueriesAsync(4).WaitAsync(Guard);
        Task<DnsAnswer<DnsAddressRecord>> slow = resolver.ResolveAddressesAsync(Name, AddressFamily.InterNetwork).AsTask();
        DnsAnswer<DnsAddressRecord> answered = await resolver.ResolveAddressesAsync(Name, AddressFamily.InterNetworkV6).AsTask().WaitAsync(Guard);
        Advance(1.8);
        DnsAnswer<DnsAddressRecord>[] served = [await both.WaitAsync(Guard), await slow.WaitAsync(Guard)];
        int sent = server.Queries.Count;
        gate.SetResult();
        DnsAnswer<DnsAddressRecord> renewed = await ResolveUntilFreshAsync(resolver);

        answered.IsStale.Should().BeFalse("its family was answered");
        served.Should().OnlyContain(answer => answer.IsStale && answer.ExpiresAt == Time.GetUtcNow() + Seconds(30));
        served.Select(answer => answer.Records.Count).Should().Equal(2, 1);
        sent.Should().Be(4, "all share the question that goes on");
        renewed.Records.Should().HaveCount(1);
    }

    [Fact]
    public async Task ResolveAddressesAsync_RefreshSaysNxDomain_ReplacesTheEntry()
    {
        DnsTestServer server = StartServer(60, 60);
        DnsResolver resolver = CreateResolver(server);
        await resolver.ResolveAddressesAsync(Name);
        Advance(60);
        server.Remove(Name);

        for (int i = 0; i < 2; i++)
        {
            (await resolver.Awaiting(r => r.ResolveAddressesAsync(Name).AsTask()).Should().ThrowAsync<DnsException>())
                .Which.DnsError.Should().Be(DnsError.NameNotFound);
        }

        server.Queries.Should().HaveCount(4);
    }

    [Fact]
    public async Task ResolveAddressesAsync_PastMaxStale_Fails()
    {
        DnsTestServer server = StartBreakableServer();
        DnsResolver resolver = CreateResolver(server);
        await resolver.ResolveAddressesAsync(Name);
        Advance(60 + 3600);
        _isBroken = true;

        await resolver.Awaiting(r => r.ResolveAddressesAsync(Name).AsTask()).Should().ThrowAsync<DnsException>();
    }

    [Fact]
    public async Task ResolveAddressesAsync_StaleIsOff_Fails()
    {
        DnsTestServer server = StartBreakableServer();
        DnsResolver resolver = CreateResolver(options => options.Attempts = 1, server);
        await resolver.ResolveAddressesAsync(Name);
        Advance(60);
        _isBroken = true;

        await resolver.Awaiting(r => r.ResolveAddressesAsync(Name).AsTask()).Should().ThrowAsync<DnsException>();
    }

    [Fact]
    public async Task QueryAsync_RefreshFails_ServesStaleAlsoBesideARememberedFailure()
    {
        DnsTestServer server = StartBreakableServer();
        DnsResolver resolver = CreateResolver(server);
        await resolver.QueryAsync(Name, DnsRecordType.A);
        Advance(60);
        _isBroken = true;

        DnsAnswer<DnsRecord> first = await resolver.QueryAsync(Name, DnsRecordType.A);
        DnsAnswer<DnsRecord> second = await resolver.QueryAsync(Name, DnsRecordType.A);

        first.IsStale.Should().BeTrue();
        second.IsStale.Should().BeTrue();
        second.Records.Should().HaveCount(1);
        server.Queries.Should().HaveCount(2);
    }

    [Fact]
    public async Task ResolveTxtAsync_RefreshFails_ServesStale()
    {
        DnsTestServer server = StartBreakableServer().AddRecord(new DnsTxtRecord(Name, Seconds(60), ["text"]));
        DnsResolver resolver = CreateResolver(server);
        await resolver.ResolveTxtAsync(Name);
        Advance(60);
        _isBroken = true;

        DnsAnswer<DnsTxtRecord> answer = await resolver.ResolveTxtAsync(Name);
        DnsAnswer<DnsTxtRecord> next = await resolver.ResolveTxtAsync(Name);

        answer.IsStale.Should().BeTrue();
        answer.ExpiresAt.Should().Be(Time.GetUtcNow() + Seconds(30));
        next.Records.Should().HaveCount(1);
        server.Queries.Should().HaveCount(2);
    }

    [Fact]
    public async Task ResolveTxtAsync_RefreshIsSlow_ServesStaleInTime()
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        DnsTestServer server = StartServer().AddRecord(new DnsTxtRecord(Name, Seconds(60), ["text"]));
        DnsResolver resolver = CreateResolver(server);
        await resolver.ResolveTxtAsync(Name);
        Advance(60);
        server.On(Name, (_, response) => response.DelayUntil(gate.Task));

        Task<DnsAnswer<DnsTxtRecord>> slow = resolver.ResolveTxtAsync(Name).AsTask();
        await server.WaitForQueriesAsync(2).WaitAsync(Guard);
        DnsAnswer<DnsTxtRecord> answer = await AdvanceUntilEndAsync(slow, Seconds(0.1), Seconds(3600));
        gate.SetResult();

        answer.IsStale.Should().BeTrue();
    }

    [Fact]
    public async Task ResolveAddressesAsync_StaleAndCleared_AsksAgain()
    {
        DnsTestServer server = StartBreakableServer();
        DnsResolver resolver = CreateResolver(server);
        await resolver.ResolveAddressesAsync(Name);
        Advance(60);
        _isBroken = true;
        await resolver.ResolveAddressesAsync(Name);

        resolver.ClearCache();

        await resolver.Awaiting(r => r.ResolveAddressesAsync(Name).AsTask()).Should().ThrowAsync<DnsException>();
    }

    private static async Task<DnsAnswer<DnsAddressRecord>> ResolveUntilFreshAsync(DnsResolver resolver)
    {
        using CancellationTokenSource guard = new(Guard);
        while (true)
        {
            DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync(Name, AddressFamily.InterNetwork, guard.Token);
            if (!answer.IsStale)
            {
                return answer;
            }

            await Task.Yield();
        }
    }

    private DnsTestServer StartBreakableServer() => StartServer(60, 60)
        .On(Name, FailWhile(() => _isBroken));

    private DnsResolver CreateResolver(DnsTestServer server) => CreateResolver(
        options =>
        {
            options.Attempts = 1;
            options.Cache.MaxStale = TimeSpan.FromHours(1);
        },
        server);
}
