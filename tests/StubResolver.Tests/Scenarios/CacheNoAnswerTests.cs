using System.Net.Sockets;
using StubResolver.Caching;
using StubResolver.Resolution;
using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>What is remembered where no server answered, and what a failure does not hide (RFC 9520).</summary>
public sealed class CacheNoAnswerTests : CacheScenarioBase
{
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task QueryAsync_ServerIsSilent_IsRememberedForASecond()
    {
        DnsTestServer server = StartSilentServer();
        DnsResolver resolver = CreateImpatientResolver(server);
        await TimeOutAsync(resolver, server, sent: 1);

        Advance(0.9);
        await resolver.Awaiting(r => r.QueryAsync(Name, DnsRecordType.A).AsTask().WaitAsync(Guard)).Should().ThrowAsync<DnsException>();
        await SettleAsync();
        int sentWithin = server.Queries.Count;
        Advance(0.1);
        await TimeOutAsync(resolver, server, sent: 2);

        sentWithin.Should().Be(1);
        server.Queries.Should().HaveCount(2);
    }

    [Fact]
    public async Task QueryAsync_AnyServerAnsweredSinceItWasSilent_AsksAgain()
    {
        DnsTestServer server = StartServer(300, 300).AddAddress("other.test", "192.0.2.2").On(Name, (_, response) => response.Drop());
        DnsResolver resolver = CreateImpatientResolver(server);
        await TimeOutAsync(resolver, server, sent: 1);

        await resolver.QueryAsync("other.test", DnsRecordType.A);

        await TimeOutAsync(resolver, server, sent: 3);
        Count(server, name: Name).Should().Be(2);
    }

    [Theory]
    [InlineData(SocketError.NetworkUnreachable, false)]
    [InlineData(SocketError.NetworkDown, false)]
    [InlineData(SocketError.HostUnreachable, false)]
    [InlineData(SocketError.AccessDenied, false)]
    [InlineData(SocketError.TooManyOpenSockets, false)]
    [InlineData(SocketError.ConnectionRefused, true)]
    public async Task Lookups_NothingCanBeSent_AreRememberedOnlyWhereTheServersHostSaidSo(SocketError error, bool isRemembered)
    {
        DnsTestServer server = StartServer(300, 300);
        FailingTransport transport = new(Time, error, server.EndPoint);
        DnsResolver resolver = CreateResolver(options => options.Attempts = 1, transport, server);
        Func<Task>[] lookups =
        [
            () => resolver.QueryAsync(Name, DnsRecordType.A).AsTask().WaitAsync(Guard),
            () => resolver.ResolveAddressesAsync(Name, AddressFamily.InterNetwork).AsTask().WaitAsync(Guard),
            () => resolver.QueryAsync(Name, DnsRecordType.A).AsTask().WaitAsync(Guard),
        ];
        List<int> sent = [];

        foreach (Func<Task> lookup in lookups)
        {
            (await lookup.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.NetworkError);
            sent.Add(transport.FailedCount);
        }

        sent.Should().Equal(isRemembered ? [1, 1, 1] : [1, 2, 3]);
        server.Queries.Should().BeEmpty();
    }

    [Theory]
    [InlineData(nameof(FailureKind.ServerError))]
    [InlineData(nameof(FailureKind.OneFamily))]
    [InlineData(nameof(FailureKind.NoAnswer))]
    public async Task Lookups_FailureBesideALiveAnswer_GetTheAnswer(string kind)
    {
        DnsTestServer server = StartServer(300, 300);
        DnsResolver resolver = CreateResolver(server);
        DnsAnswer<DnsRecord> known = await resolver.QueryAsync(Name, DnsRecordType.A);
        await resolver.QueryAsync(Name, DnsRecordType.Aaaa);
        Remember(resolver.Pipeline.Engine, DnsRecordType.A, Enum.Parse<FailureKind>(kind));
        Remember(resolver.Pipeline.Engine, DnsRecordType.Aaaa, Enum.Parse<FailureKind>(kind));

        DnsAnswer<DnsRecord> queried = await resolver.QueryAsync(Name, DnsRecordType.A);
        DnsAnswer<DnsAddressRecord> addresses = await resolver.ResolveAddressesAsync(Name);
        DnsAnswer<DnsAddressRecord> oneFamily = await resolver.ResolveAddressesAsync(Name, AddressFamily.InterNetworkV6);

        queried.Should().BeSameAs(known);
        (addresses.Records.Count, addresses.PartialFailure, addresses.IsStale).Should().Be((2, null, false));
        oneFamily.Records.Should().HaveCount(1);
        server.Queries.Should().HaveCount(2);
    }

    private static void Remember(QueryEngine engine, DnsRecordType type, FailureKind kind)
    {
        QuestionOutcome failure = new() { Name = Name, Type = type, Error = DnsError.ServerFailure };
        FailureMemory.Remember(engine, failure, kind, engine.Cache.GetEpoch(Name)).Should().BePositive();
        FailureMemory.Find(engine, new QuestionKey(Name, type)).Should().NotBeNull("it is there beside the answer");
    }

    // The clock stands while the query leaves, and then is over the budget at once: the failure is remembered from that moment on.
    private async Task TimeOutAsync(DnsResolver resolver, DnsTestServer server, int sent)
    {
        Task<DnsAnswer<DnsRecord>> lookup = resolver.QueryAsync(Name, DnsRecordType.A).AsTask();
        await server.WaitForQueriesAsync(sent).WaitAsync(Guard);
        Time.Advance(s_budget);
        (await lookup.Awaiting(task => task.WaitAsync(Guard)).Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.Timeout);
        await AdvanceUntilAsync(() => resolver.Pipeline.Engine.RunningCount == 0, default, Guard);
    }

    private DnsResolver CreateImpatientResolver(DnsTestServer server) =>
        CreateResolver(options => (options.Attempts, options.LookupTimeout) = (1, s_budget), server);
}
