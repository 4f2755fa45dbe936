using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>The search list on the wire, and what is kept of it.</summary>
public sealed class SearchTests : ScenarioTestBase
{
    private const string Kubernetes = "search ns.svc.c.test svc.c.test c.test\noptions ndots:5";

    [Theory]
    [InlineData("db", "db.ns.svc.c.test db.svc.c.test db.c.test db")]
    [InlineData("db.ns", "db.ns.ns.svc.c.test db.ns.svc.c.test db.ns.c.test db.ns")]
    [InlineData("a.b.c", "a.b.c.ns.svc.c.test a.b.c.svc.c.test a.b.c.c.test a.b.c")]
    [InlineData("a.b.c.d.e", "a.b.c.d.e.ns.svc.c.test a.b.c.d.e.svc.c.test a.b.c.d.e.c.test a.b.c.d.e")]
    [InlineData("a.b.c.d.e.f", "a.b.c.d.e.f")]
    [InlineData("a.b.c.", "a.b.c")]
    public async Task Kubernetes_OrderOnTheWire_SecondLookupSendsNothing(string typed, string expected)
    {
        Host.ResolvConf = Kubernetes;
        DnsTestServer server = StartServer().AddAddress(typed.TrimEnd('.'), "127.0.0.1");
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync(typed);
        int sent = server.Queries.Count;
        Time.Advance(TimeSpan.FromSeconds(50)); // before the last tenth, in which a hit refreshes
        DnsAnswer<DnsAddressRecord> again = await resolver.ResolveAddressesAsync(typed);

        string.Join(' ', server.Queries.Select(query => query.Name).Distinct()).Should().Be(expected);
        server.Queries.GroupBy(query => query.Name).Should().OnlyContain(
            name => name.Select(query => query.Type).SequenceEqual(new[] { DnsRecordType.Aaaa, DnsRecordType.A }));
        answer.Name.Should().Be(typed);
        answer.CanonicalName.Should().Be(typed.TrimEnd('.'));
        again.Should().BeSameAs(answer);
        server.Queries.Should().HaveCount(sent);
    }

    [Fact]
    public async Task Kubernetes_ServiceName_FirstCandidateAnswers()
    {
        Host.ResolvConf = Kubernetes;
        DnsTestServer server = StartServer().AddAddress("db.ns.svc.c.test", "127.0.0.1");
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync("db");

        (answer.Name, answer.CanonicalName).Should().Be(("db", "db.ns.svc.c.test"));
        server.Queries.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("db", "db.ns.svc.c.test db.svc.c.test db.c.test db")]
    [InlineData("db.ns", "db.ns.ns.svc.c.test db.ns.svc.c.test db.ns.c.test db.ns")]
    [InlineData("a.b.c", "a.b.c.ns.svc.c.test a.b.c.svc.c.test a.b.c.c.test a.b.c")]
    [InlineData("a.b.c.d.e", "a.b.c.d.e.ns.svc.c.test a.b.c.d.e.svc.c.test a.b.c.d.e.c.test a.b.c.d.e")]
    [InlineData("a.b.c.d.e.f", "a.b.c.d.e.f a.b.c.d.e.f.ns.svc.c.test a.b.c.d.e.f.svc.c.test a.b.c.d.e.f.c.test")]
    [InlineData("a.b.c.", "a.b.c")]
    public async Task Kubernetes_NameThatDoesNotExist_IsCachedAsTyped(string typed, string expected)
    {
        Host.ResolvConf = Kubernetes;
        DnsTestServer server = StartServer();
        DnsResolver resolver = CreateResolver(server);

        DnsException first = await FailAsync(resolver, typed);
        int sent = server.Queries.Count;
        Time.Advance(TimeSpan.FromSeconds(50));
        DnsException second = await FailAsync(resolver, typed);

        string.Join(' ', server.Queries.Select(query => query.Name).Distinct()).Should().Be(expected);
        (first.DnsError, second.DnsError).Should().Be((DnsError.NameNotFound, DnsError.NameNotFound));
        server.Queries.Should().HaveCount(sent);
    }

    [Fact]
    public async Task NoData_ContinuesAndBeatsNameNotFound()
    {
        Host.ResolvConf = "search x.test y.test\noptions ndots:2";
        DnsTestServer server = StartServer().On("db.x.test", (_, response) => response.Code(DnsResponseCode.NoError));
        DnsResolver resolver = CreateResolver(server);

        DnsException exception = await FailAsync(resolver, "db");

        exception.DnsError.Should().Be(DnsError.NoData);
        exception.Attempts.Select(attempt => attempt.Name).Distinct().Should().Equal("db.x.test", "db.y.test", "db");
        exception.Attempts.Should().HaveCount(6, "answered transmissions are listed too");
    }

    [Fact]
    public async Task NoData_AnotherCandidateHasAddresses_TheyAreTheAnswer()
    {
        Host.ResolvConf = "search x.test y.test\noptions ndots:2";
        DnsTestServer server = StartServer().AddAddress("db.y.test", "127.0.0.1").On("db.x.test", (_, response) => response.Code(DnsResponseCode.NoError));
        DnsResolver resolver = CreateResolver(server);

        (await resolver.ResolveAddressesAsync("db")).CanonicalName.Should().Be("db.y.test");
    }

    [Theory]
    [InlineData(DnsResponseCode.Refused)]
    [InlineData(DnsResponseCode.ServerFailure)]
    public async Task FailedSuffix_NextCandidate_AnswerLivesOnlyFailureTtl(DnsResponseCode code)
    {
        Host.ResolvConf = "search x.test y.test\noptions ndots:2";
        DnsTestServer server = StartServer().AddAddress("db.y.test", "127.0.0.1").On("db.x.test", (_, response) => response.Code(code).ExtendedError(6));
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync("db").AsTask().WaitAsync(Guard);
        DnsAnswer<DnsAddressRecord> atOnce = await resolver.ResolveAddressesAsync("db").AsTask().WaitAsync(Guard);
        server.On("db.x.test", DnsRecordType.Aaaa, (_, response) => response.AddAddress("::1")).On("db.x.test", (_, _) => { });
        Time.Advance(TimeSpan.FromSeconds(31));
        DnsAnswer<DnsAddressRecord> later = await resolver.ResolveAddressesAsync("db").AsTask().WaitAsync(Guard);

        answer.CanonicalName.Should().Be("db.y.test");
        answer.ExpiresAt.Should().Be(Time.GetUtcNow() - TimeSpan.FromSeconds(30), "it lived FailureTtl, 1 s");
        atOnce.Should().BeSameAs(answer);
        later.CanonicalName.Should().Be("db.x.test", "the candidate that failed is asked again");
    }

    [Theory]
    [InlineData("a.db", DnsResponseCode.ServerFailure, DnsError.NameNotFound, "as typed, tried first, it does not exist")]
    [InlineData("a.db", DnsResponseCode.Refused, DnsError.NameNotFound, "as typed, tried first, it does not exist")]
    [InlineData("db", DnsResponseCode.Refused, DnsError.NameNotFound, "the servers do not serve the suffix")]
    [InlineData("db", DnsResponseCode.ServerFailure, DnsError.ServerFailure, "the name may exist below the suffix")]
    public async Task FailedSuffix_NoSuchNameAsTyped_LastWord(string name, DnsResponseCode code, DnsError expected, string because)
    {
        Host.ResolvConf = "search x.test";
        DnsTestServer server = StartServer().On($"{name}.x.test", (_, response) => response.Code(code).ExtendedError(6))
            .On($"{name}.x.test", DnsRecordType.Txt, (_, response) => response.Code(code).ExtendedError(6));
        DnsResolver resolver = CreateResolver(server);

        DnsException exception = await FailAsync(resolver, name);
        Func<Task> texts = () => resolver.ResolveTxtAsync(name).AsTask().WaitAsync(Guard);

        exception.DnsError.Should().Be(expected, because);
        (await texts.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(expected, because);
        exception.Attempts.Select(attempt => attempt.Name).Distinct().Should().HaveCount(2);
    }

    [Fact]
    public async Task FailedSuffix_NoSuchNameAsTypedFirst_IsKeptOnlyFailureTtl()
    {
        Host.ResolvConf = "search x.test";
        DnsTestServer server = StartServer().On("a.db.x.test", (_, response) => response.Code(DnsResponseCode.Refused));
        DnsResolver resolver = CreateResolver(server);

        await FailAsync(resolver, "a.db");
        server.AddAddress("a.db.x.test", "127.0.0.1").On("a.db.x.test", DnsRecordType.A, (_, response) => response.AddAddress("127.0.0.1"));
        Time.Advance(TimeSpan.FromSeconds(3));

        (await resolver.ResolveAddressesAsync("a.db").AsTask().WaitAsync(Guard)).CanonicalName.Should().Be("a.db.x.test");
    }

    [Fact]
    public async Task SingleLabelRefusedAfterNameNotFound_IsNameNotFound()
    {
        Host.ResolvConf = "search x.test y.test";
        DnsTestServer server = StartServer().On("db", (_, response) => response.Code(DnsResponseCode.Refused));
        DnsResolver resolver = CreateResolver(server);

        (await FailAsync(resolver, "db")).DnsError.Should().Be(DnsError.NameNotFound);
    }

    [Fact]
    public async Task SingleLabelRefusedFirst_GoesOnWithTheList()
    {
        Host.ResolvConf = "search x.test\noptions ndots:0";
        DnsTestServer server = StartServer().AddAddress("db.x.test", "127.0.0.1").On("db", (_, response) => response.Code(DnsResponseCode.Refused));
        DnsResolver resolver = CreateResolver(server);

        (await resolver.ResolveAddressesAsync("db").AsTask().WaitAsync(Guard)).CanonicalName.Should().Be("db.x.test");
    }

    [Fact]
    public async Task TypedRecords_SearchListApplies_QueriesAreFullyQualified()
    {
        Host.ResolvConf = "search x.test";
        DnsTestServer server = StartServer().AddRecord(new DnsTxtRecord("db.x.test", TimeSpan.FromSeconds(60), ["v"]));
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsTxtRecord> resolved = await resolver.ResolveTxtAsync("db");
        DnsAnswer<DnsRecord> queried = await resolver.QueryAsync("db", DnsRecordType.Txt);

        (resolved.Name, resolved.CanonicalName).Should().Be(("db", "db.x.test"));
        queried.ResponseCode.Should().Be(DnsResponseCode.NxDomain);
    }

    [Fact]
    public async Task UseSearchListOff_OnlyAsTyped()
    {
        Host.ResolvConf = "search x.test";
        DnsTestServer server = StartServer().AddAddress("db.x.test", "127.0.0.1");
        DnsResolver resolver = CreateResolver(options => options.UseSearchList = false, server);

        (await FailAsync(resolver, "db")).DnsError.Should().Be(DnsError.NameNotFound);
        server.Queries.Should().OnlyContain(query => query.Name == "db");
    }

    [Fact]
    public async Task Outcome_LivesAsLongAsTheShortestThingThatDecidedIt()
    {
        Host.ResolvConf = "search x.test\noptions ndots:2";
        DnsTestServer server = StartServer().AddAddress("db", "127.0.0.1", TimeSpan.FromSeconds(300));
        server.NegativeTtl = TimeSpan.FromSeconds(20);
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync("db");

        answer.ExpiresAt.Should().Be(Time.GetUtcNow() + TimeSpan.FromSeconds(20), "the suffix may exist by then");
        answer.Records.Should().ContainSingle().Which.Ttl.Should().Be(TimeSpan.FromSeconds(300));
    }

    private static async Task<DnsException> FailAsync(DnsResolver resolver, string name)
    {
        Func<Task> act = () => resolver.ResolveAddressesAsync(name).AsTask().WaitAsync(Guard);
        return (await act.Should().ThrowAsync<DnsException>()).Which;
    }
}
