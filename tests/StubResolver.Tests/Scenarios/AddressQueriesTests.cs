using System.Net.Sockets;
using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>AAAA, then A. Addresses of the loopback stand for reachable ones, the broadcast address for one without a route.</summary>
public sealed class AddressQueriesTests : ScenarioTestBase
{
    private const string NoRoute = "255.255.255.255";

    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task HealthyServer_AaaaThenA_FromTwoPorts()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "127.0.0.1").AddAddress("a.test", "::1");
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync("a.test");

        answer.Records.Should().HaveCount(2);
        answer.PartialFailure.Should().BeNull();
        server.Queries.Select(query => query.Type).Should().Equal(DnsRecordType.Aaaa, DnsRecordType.A);
        server.Queries.Select(query => query.Source.Port).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task AaaaUnanswered_AIsHeldBackUntilAaaaIsAnswered()
    {
        TaskCompletionSource gate = new();
        DnsTestServer server = StartServer().AddAddress("a.test", "127.0.0.1")
            .On("a.test", DnsRecordType.Aaaa, (_, response) => response.DelayUntil(gate.Task));
        DnsResolver resolver = CreateResolver(server);

        Task<DnsAnswer<DnsAddressRecord>> lookup = resolver.ResolveAddressesAsync("a.test").AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        Time.Advance(s_patience - TimeSpan.FromMilliseconds(1));
        gate.SetResult();
        await lookup.WaitAsync(Guard);

        server.Queries.Select(query => query.Type).Should().Equal(DnsRecordType.Aaaa, DnsRecordType.A);
    }

    [Fact]
    public async Task AaaaSilent_AAfter250Ms_ReturnsWithoutAaaaWhichStillFillsTheCache()
    {
        TaskCompletionSource gate = new();
        DnsTestServer server = StartServer().AddAddress("a.test", "127.0.0.1").AddAddress("a.test", "::1")
            .On("a.test", DnsRecordType.Aaaa, (_, response) => response.DelayUntil(gate.Task));
        DnsResolver resolver = CreateResolver(server);

        Task<DnsAnswer<DnsAddressRecord>> lookup = resolver.ResolveAddressesAsync("a.test").AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        Time.Advance(s_patience);
        IReadOnlyList<DnsTestQuery> queries = await server.WaitForQueriesAsync(2).WaitAsync(Guard);
        DnsAnswer<DnsAddressRecord> answer = await AdvanceUntilEndAsync(lookup, TimeSpan.FromMicroseconds(100), TimeSpan.FromMilliseconds(700));
        gate.SetResult();
        DnsAnswer<DnsRecord> late = await WaitForAaaaAsync(resolver);

        queries[1].Type.Should().Be(DnsRecordType.A);
        answer.Records.Should().ContainSingle();
        answer.PartialFailure!.DnsError.Should().Be(DnsError.Timeout);
        late.Records.Should().ContainSingle();
        server.Queries.Should().HaveCount(2, "the straggler listens and sends nothing more");
    }

    [Theory]
    [InlineData(DnsResponseCode.ServerFailure, DnsError.ServerFailure)]
    [InlineData(DnsResponseCode.Refused, DnsError.Refused)]
    [InlineData(DnsResponseCode.FormatError, DnsError.ServerFailure)]
    [InlineData(DnsResponseCode.NotImplemented, DnsError.ServerFailure)]
    [InlineData(DnsResponseCode.NxDomain, DnsError.NameNotFound)]
    [InlineData(DnsResponseCode.NoError, null)]
    public async Task OneFamilyFails_TheOthersAddressesAreTheAnswerAtOnce(DnsResponseCode code, DnsError? expected)
    {
        foreach (DnsRecordType failing in new[] { DnsRecordType.Aaaa, DnsRecordType.A })
        {
            DnsTestServer server = StartServer().AddAddress("a.test", "127.0.0.1").AddAddress("a.test", "::1")
                .On("a.test", failing, (_, response) => response.Code(code));
            DnsResolver resolver = CreateResolver(server);

            DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync("a.test").AsTask().WaitAsync(Guard);

            answer.Records.Should().ContainSingle().Which.Type.Should().NotBe(failing);
            answer.PartialFailure?.DnsError.Should().Be(expected, $"{failing} failed");
            (answer.PartialFailure is null).Should().Be(expected is null);
        }
    }

    [Theory]
    [InlineData(DnsResponseCode.NoError, DnsResponseCode.NoError, DnsError.NoData)]
    [InlineData(DnsResponseCode.NxDomain, DnsResponseCode.NoError, DnsError.NoData)]
    [InlineData(DnsResponseCode.NoError, DnsResponseCode.NxDomain, DnsError.NoData)]
    [InlineData(DnsResponseCode.NxDomain, DnsResponseCode.NxDomain, DnsError.NameNotFound)]
    [InlineData(DnsResponseCode.NoError, DnsResponseCode.Refused, DnsError.Refused)]
    [InlineData(DnsResponseCode.ServerFailure, DnsResponseCode.Refused, DnsError.ServerFailure)]
    public async Task NoAddresses_BothOutcomesMakeOneError(DnsResponseCode aaaa, DnsResponseCode a, DnsError expected)
    {
        DnsTestServer server = StartServer()
            .On("a.test", DnsRecordType.Aaaa, (_, response) => response.Code(aaaa))
            .On("a.test", DnsRecordType.A, (_, response) => response.Code(a));
        DnsResolver resolver = CreateResolver(options => options.TimeProvider = TimeProvider.System, server); // for the short pauses between rounds

        Func<Task> act = () => resolver.ResolveAddressesAsync("a.test.").AsTask().WaitAsync(Guard);

        DnsException exception = (await act.Should().ThrowAsync<DnsException>()).Which;
        exception.DnsError.Should().Be(expected);
        exception.Name.Should().Be("a.test.");
        server.Queries.Should().Contain(query => query.Type == DnsRecordType.A, "A is asked whatever AAAA said");
    }

    [Fact]
    public async Task AaaaReachableAndASilent_OneTransmissionPerServerAndAtMost2S()
    {
        DnsTestServer first = StartServer().AddAddress("a.test", "::1").On("a.test", DnsRecordType.A, (_, response) => response.Drop());
        DnsTestServer second = StartSilentServer();
        DnsResolver resolver = CreateResolver(first, second);

        Task<DnsAnswer<DnsAddressRecord>> lookup = resolver.ResolveAddressesAsync("a.test").AsTask();
        await first.WaitForQueriesAsync(2).WaitAsync(Guard);
        Time.Advance(TimeSpan.FromSeconds(1.25));
        await second.WaitForQueriesAsync(1).WaitAsync(Guard);
        Time.Advance(TimeSpan.FromSeconds(0.75));
        DnsAnswer<DnsAddressRecord> answer = await lookup.WaitAsync(Guard);

        answer.Records.Should().ContainSingle().Which.Type.Should().Be(DnsRecordType.Aaaa);
        answer.PartialFailure!.DnsError.Should().Be(DnsError.Timeout);
        first.Queries.Should().HaveCount(2);
        second.Queries.Should().ContainSingle();
    }

    [Fact]
    public async Task AHasNoRoute_AaaaKeepsTheWholeBudget()
    {
        TaskCompletionSource gate = new();
        DnsTestServer server = StartServer().AddAddress("a.test", NoRoute).AddAddress("a.test", "::1")
            .On("a.test", DnsRecordType.Aaaa, (_, response) => response.DelayUntil(gate.Task));
        DnsResolver resolver = CreateResolver(server);

        Task<DnsAnswer<DnsAddressRecord>> lookup = resolver.ResolveAddressesAsync("a.test").AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        Time.Advance(s_patience);
        await server.WaitForQueriesAsync(1, query => query.Type == DnsRecordType.A).WaitAsync(Guard);
        Time.Advance(TimeSpan.FromSeconds(1));
        await server.WaitForQueriesAsync(2, query => query.Type == DnsRecordType.Aaaa).WaitAsync(Guard);
        gate.SetResult();
        DnsAnswer<DnsAddressRecord> answer = await lookup.WaitAsync(Guard);

        answer.Records.Select(record => record.Address.ToString()).Should().Equal(["::1", NoRoute], "what has no route goes last");
        answer.PartialFailure.Should().BeNull();
    }

    [Fact]
    public async Task BothRequired_OneFamilysFailureIsTheLookups()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "127.0.0.1")
            .On("a.test", DnsRecordType.Aaaa, (_, response) => response.Code(DnsResponseCode.Refused));
        DnsResolver resolver = CreateResolver(options => options.RequireBothFamilies = true, server);

        Func<Task> act = () => resolver.ResolveAddressesAsync("a.test").AsTask().WaitAsync(Guard);

        (await act.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.Refused);
    }

    [Theory]
    [InlineData(AddressFamily.InterNetwork, DnsRecordType.A)]
    [InlineData(AddressFamily.InterNetworkV6, DnsRecordType.Aaaa)]
    public async Task ExplicitFamily_OnlyThatIsAsked(AddressFamily family, DnsRecordType expected)
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "127.0.0.1").AddAddress("a.test", "::1");
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync("a.test", family);

        answer.Records.Should().ContainSingle().Which.Type.Should().Be(expected);
        server.Queries.Should().ContainSingle().Which.Type.Should().Be(expected);
    }

    // Until the late answer is there the failure is remembered; nothing is sent for it.
    private static async Task<DnsAnswer<DnsRecord>> WaitForAaaaAsync(DnsResolver resolver)
    {
        for (int i = 0; ; i++)
        {
            try
            {
                return await resolver.QueryAsync("a.test", DnsRecordType.Aaaa).AsTask().WaitAsync(Guard);
            }
            catch (DnsException) when (i < 10_000)
            {
                await SettleAsync();
            }
        }
    }
}
