using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>What follows silence and bad replies.</summary>
public sealed class RetryTests : ScenarioTestBase
{
    private static readonly TimeSpan s_firstTry = TimeSpan.FromSeconds(1.25);
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task SilentServer_RetransmitsAfter1To1Point25S_FromANewPortWithANewId()
    {
        DnsTestServer server = StartSilentServer();
        DnsResolver resolver = CreateResolver(server);

        _ = resolver.QueryAsync("a.test", DnsRecordType.A).AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        Time.Advance(TimeSpan.FromSeconds(0.999));
        await SettleAsync();
        Time.Advance(s_firstTry - TimeSpan.FromSeconds(0.999));
        IReadOnlyList<DnsTestQuery> queries = await server.WaitForQueriesAsync(2).WaitAsync(Guard);

        (queries[1].Elapsed - queries[0].Elapsed).Should().Be(s_firstTry);
        queries.Select(query => query.Source.Port).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task LateReplyToAnEarlierTransmission_IsTheAnswer()
    {
        TaskCompletionSource gate = new();
        DnsTestServer server = StartServer().AddAddress("a.test", "192.0.2.1").On("a.test", (query, response) =>
        {
            if (query.Attempt == 1)
            {
                response.DelayUntil(gate.Task);
            }
            else
            {
                response.Drop();
            }
        });
        DnsResolver resolver = CreateResolver(server);

        Task<DnsAnswer<DnsRecord>> lookup = resolver.QueryAsync("a.test", DnsRecordType.A).AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        Time.Advance(s_firstTry);
        await server.WaitForQueriesAsync(2).WaitAsync(Guard);
        gate.SetResult();

        (await lookup.WaitAsync(Guard)).Records.Should().ContainSingle();
    }

    [Theory]
    [InlineData(DnsResponseCode.ServerFailure)]
    [InlineData(DnsResponseCode.Refused)]
    [InlineData(DnsResponseCode.NotImplemented)]
    [InlineData(DnsResponseCode.YxDomain)]
    public async Task BadReply_NextServerAtOnce(DnsResponseCode code)
    {
        DnsTestServer bad = StartServer().OnAnyQuery((_, response) => response.Code(code));
        DnsTestServer good = StartServer().AddAddress("a.test", "192.0.2.1");
        DnsResolver resolver = CreateResolver(bad, good);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        answer.Server.Should().Be((DnsServer)good.EndPoint);
    }

    [Theory]
    [InlineData(DnsResponseCode.NoError)]
    [InlineData(DnsResponseCode.NxDomain)]
    public async Task FinalReply_NoOtherServerIsAsked(DnsResponseCode code)
    {
        DnsTestServer first = StartServer().OnAnyQuery((_, response) => response.Code(code));
        DnsTestServer second = StartServer().AddAddress("a.test", "192.0.2.1");
        DnsResolver resolver = CreateResolver(first, second);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        answer.Records.Should().BeEmpty();
        answer.ResponseCode.Should().Be(code);
        first.Queries.Should().ContainSingle();
        second.Queries.Should().BeEmpty();
    }

    [Fact]
    public async Task AllServersFail_ThreeRoundsWithPauses_ThenATypedErrorNamingEachReply()
    {
        DnsTestServer[] servers = [.. Enumerable.Range(0, 2).Select(_ => Track(DnsTestServer.Start()).OnAnyQuery((_, response) => response.Code(DnsResponseCode.ServerFailure)))];
        DnsResolver resolver = CreateResolver(options => options.TimeProvider = TimeProvider.System, servers); // the pauses are short

        Func<Task> act = () => resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        DnsException exception = (await act.Should().ThrowAsync<DnsException>()).Which;
        exception.DnsError.Should().Be(DnsError.ServerFailure);
        exception.ResponseCode.Should().Be(DnsResponseCode.ServerFailure);
        exception.Attempts.Should().HaveCount(6).And.OnlyContain(attempt => attempt.ResponseCode == DnsResponseCode.ServerFailure);
        IReadOnlyList<DnsTestQuery> queries = servers[0].Queries;
        (queries[1].Elapsed - queries[0].Elapsed).Should().BeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(100));
        (queries[2].Elapsed - queries[1].Elapsed).Should().BeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public async Task Refused_IsFinalForThatServer_FailsAtOnceWithNothingOutstanding()
    {
        DnsTestServer server = StartServer().OnAnyQuery((_, response) => response.Code(DnsResponseCode.Refused));
        DnsResolver resolver = CreateResolver(server);

        Func<Task> act = () => resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        (await act.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.Refused);
        server.Queries.Should().ContainSingle();
    }

    [Fact]
    public async Task ServerFailureForDnssec_IsFinalForThatServer_AndTold()
    {
        DnsTestServer server = StartServer().OnAnyQuery((_, response) => response.Code(DnsResponseCode.ServerFailure).ExtendedError(6, "bogus"));
        DnsResolver resolver = CreateResolver(server);

        Func<Task> act = () => resolver.ResolveAddressesAsync("a.test.").AsTask().WaitAsync(Guard);

        DnsException exception = (await act.Should().ThrowAsync<DnsException>()).Which;
        exception.ExtendedErrors.Should().ContainSingle("both families were told the same").Which.Text.Should().Be("bogus");
        server.Queries.Should().HaveCount(2);
    }

    [Fact]
    public async Task BlockedName_ExtendedErrorOfNxDomainIsTold()
    {
        DnsTestServer server = StartServer().OnAnyQuery((_, response) => response.Code(DnsResponseCode.NxDomain).ExtendedError(15, "blocked"));
        DnsResolver resolver = CreateResolver(server);

        for (int i = 0; i < 2; i++)
        {
            Func<Task> act = () => resolver.ResolveAddressesAsync("a.test").AsTask().WaitAsync(Guard);

            DnsException exception = (await act.Should().ThrowAsync<DnsException>()).Which;
            exception.DnsError.Should().Be(DnsError.NameNotFound);
            exception.ExtendedErrors.Should().ContainSingle().Which.Code.Should().Be(15);
            exception.Attempts.Should().HaveCount(2, "the second time they are those of the first");
            exception.IsFromCache.Should().Be(i == 1);
        }
    }

    [Fact]
    public async Task EveryServerLame_IsNoDataThatIsNotCached()
    {
        DnsTestServer[] servers =
        [
            .. Enumerable.Range(0, 2).Select(_ => StartServer().OnAnyQuery(
                (_, response) => response.Code(DnsResponseCode.NoError).ClearRecords().ClearFlags(DnsTestFlags.RA).NoEdns())),
        ];
        DnsResolver resolver = CreateResolver(servers);

        for (int i = 1; i <= 2; i++)
        {
            Func<Task> act = () => resolver.ResolveAddressesAsync("a.test").AsTask().WaitAsync(Guard);

            (await act.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.NoData);
            servers.Should().OnlyContain(server => server.Queries.Count == 2 * i, "each is asked once for AAAA and A each time");
        }
    }

    [Fact]
    public async Task MalformedReply_NextServer()
    {
        DnsTestServer bad = StartServer().OnAnyQuery((_, response) => response.Code(DnsResponseCode.NxDomain).AddAddress("192.0.2.66"));
        DnsTestServer good = StartServer().AddAddress("a.test", "192.0.2.1");
        DnsResolver resolver = CreateResolver(bad, good);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        answer.Server.Should().Be((DnsServer)good.EndPoint, "NXDOMAIN with records of the asked type contradicts itself");
    }

    [Fact]
    public async Task ClosedPort_NextServerAtOnce()
    {
        DnsTestServer gone = DnsTestServer.Start();
        await gone.DisposeAsync();
        DnsTestServer good = StartServer().AddAddress("a.test", "192.0.2.1");
        DnsResolver resolver = CreateResolver(gone, good);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        answer.Records.Should().ContainSingle();
    }

    [Fact]
    public async Task UdpSilent_TcpBesideItInTheThirdRound_ThenTcpFirst()
    {
        DnsTestServer server = StartServer();
        server.OnAnyQuery((query, response) =>
        {
            if (query.Protocol == DnsProtocol.Udp)
            {
                response.Drop();
            }
            else
            {
                response.AddAddress("192.0.2.1");
            }
        });
        DnsResolver resolver = CreateResolver(server);

        for (int name = 0; name < 3; name++)
        {
            Task<DnsAnswer<DnsRecord>> lookup = resolver.QueryAsync($"n{name}.test", DnsRecordType.A).AsTask();
            await WaitForDatagramsAsync(server, $"n{name}.test", 1);
            Time.Advance(s_firstTry);
            await WaitForDatagramsAsync(server, $"n{name}.test", 2);
            Time.Advance(2 * s_firstTry);
            await lookup.WaitAsync(Guard);
        }

        await resolver.QueryAsync("n3.test", DnsRecordType.A).AsTask().WaitAsync(Guard);
        Time.Advance(TimeSpan.FromSeconds(60));
        _ = resolver.QueryAsync("n4.test", DnsRecordType.A).AsTask();
        DnsTestQuery afterAMinute = (await server.WaitForQueriesAsync(1, query => query.Name == "n4.test").WaitAsync(Guard))[0];

        server.Queries.Where(query => query.Name == "n0.test").Select(query => query.Protocol)
            .Should().BeEquivalentTo([DnsProtocol.Udp, DnsProtocol.Udp, DnsProtocol.Udp, DnsProtocol.Tcp]);
        server.Queries.Where(query => query.Name == "n3.test").Select(query => query.Protocol).Should().Equal(DnsProtocol.Tcp);
        afterAMinute.Protocol.Should().Be(DnsProtocol.Udp);
    }

    private static Task<IReadOnlyList<DnsTestQuery>> WaitForDatagramsAsync(DnsTestServer server, string name, int count) =>
        server.WaitForQueriesAsync(count, query => query.Name == name && query.Protocol == DnsProtocol.Udp).WaitAsync(Guard);
}
