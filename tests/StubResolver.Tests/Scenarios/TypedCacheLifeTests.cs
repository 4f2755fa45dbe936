using System.Net;
using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>How long lookups of records of one type keep what they found, and what they did not find.</summary>
public sealed class TypedCacheLifeTests : CacheScenarioBase
{
    public static TheoryData<DnsRecordType> Types => TypedLookup.Types;

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Hit_NoSuchNameInTheSearchList_SendsNothing(DnsRecordType type)
    {
        Host.ResolvConf = "search x.test\noptions ndots:5";
        DnsTestServer server = StartServer();
        server.NegativeTtl = Seconds(60);
        DnsResolver resolver = CreateResolver(server);

        DnsException first = await FailAsync(resolver, type);
        Advance(59.9);
        resolver.Pipeline.Engine.Cache.Clear("name.test.x.test");
        DnsException second = await FailAsync(resolver, type, "Name.test");
        int sent = server.Queries.Count;
        Advance(0.1);
        await FailAsync(resolver, type);

        (first.DnsError, second.DnsError).Should().Be((DnsError.NameNotFound, DnsError.NameNotFound));
        (first.Attempts.Count, first.IsFromCache, second.Attempts.Count, second.IsFromCache).Should().Be((2, false, 2, true), "a hit sends nothing and repeats what was sent");
        (second.Name, second.ResponseCode).Should().Be(("Name.test", DnsResponseCode.NxDomain));
        sent.Should().Be(2);
        server.Queries.Should().HaveCount(4);
    }

    [Fact]
    public async Task Hit_NoDataBesideNameNotFound_IsNoData()
    {
        Host.ResolvConf = "search x.test\noptions ndots:5";
        DnsTestServer server = StartServer().AddAddress("name.test.x.test", "192.0.2.1");
        DnsResolver resolver = CreateResolver(server);

        DnsException first = await FailAsync(resolver, DnsRecordType.Txt);
        DnsException second = await FailAsync(resolver, DnsRecordType.Txt);

        (first.DnsError, second.DnsError).Should().Be((DnsError.NoData, DnsError.NoData));
        server.Queries.Should().HaveCount(2);
    }

    [Fact]
    public async Task Hit_CandidateBeforeSaidNoForNoTime_CountsForFiveSeconds()
    {
        Host.ResolvConf = "search x.test\noptions ndots:5";
        DnsTestServer server = StartServer().AddRecords(DnsRecordType.Txt, Name, 300)
            .On("name.test.x.test", (_, response) => response.Code(DnsResponseCode.NxDomain).ClearRecords()); // no SOA
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsTxtRecord> first = await resolver.ResolveTxtAsync(Name);
        DnsAnswer<DnsTxtRecord> second = await resolver.ResolveTxtAsync(Name);

        first.ExpiresAt.Should().Be(Time.GetUtcNow() + Seconds(5));
        second.Should().BeSameAs(first);
    }

    [Fact]
    public async Task Hit_CandidateBeforeFailed_CountsForFailureTtl()
    {
        Host.ResolvConf = "search x.test\noptions ndots:5";
        DnsTestServer server = StartServer().AddRecords(DnsRecordType.Txt, Name, 300)
            .On("name.test.x.test", (_, response) => response.Code(DnsResponseCode.Refused));
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsTxtRecord> first = await resolver.ResolveTxtAsync(Name);
        DnsAnswer<DnsTxtRecord> second = await resolver.ResolveTxtAsync(Name);
        Advance(1);
        DnsAnswer<DnsTxtRecord> third = await resolver.ResolveTxtAsync(Name);

        first.ExpiresAt.Should().Be(Time.GetUtcNow());
        second.Should().BeSameAs(first);
        third.Should().NotBeSameAs(first);
        Count(server, name: "name.test.x.test").Should().Be(2, "the candidate that failed is asked again");
        Count(server, name: Name).Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Resolve_TtlZero_IsUsedAndNotKept(DnsRecordType type)
    {
        DnsTestServer server = StartServer().AddRecords(type, Name, 0);
        DnsResolver resolver = CreateResolver(server);

        TypedAnswerView answer = await TypedLookup.ResolveAsync(resolver, type, Name);
        await TypedLookup.ResolveAsync(resolver, type, Name);

        answer.ExpiresAt.Should().Be(Time.GetUtcNow());
        server.Queries.Should().HaveCount(2);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Hit_NearTheEnd_RefreshesExactlyOnce(DnsRecordType type)
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        DnsTestServer server = StartServer().AddRecords(type, Name, 100);
        DnsResolver resolver = CreateResolver(server);
        TypedAnswerView first = await TypedLookup.ResolveAsync(resolver, type, Name);
        Advance(87);
        await TypedLookup.ResolveAsync(resolver, type, Name);
        server.Queries.Should().HaveCount(1, "it is too early");
        server.On(Name, (_, response) => response.DelayUntil(gate.Task));
        Advance(6);

        TypedAnswerView[] hits = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => TypedLookup.ResolveAsync(resolver, type, Name))));
        gate.SetResult();
        TypedAnswerView renewed = await ResolveUntilOtherAsync(resolver, type, first);

        hits.Should().OnlyContain(hit => hit.Answer == first.Answer, "nobody waits for the refresh");
        renewed.ExpiresAt.Should().Be(Time.GetUtcNow() + Seconds(100));
        server.Queries.Should().HaveCount(2);
    }

    [Fact]
    public async Task Hit_NearTheEndOfTheNamesOfAnAddress_RefreshesThem()
    {
        IPAddress address = IPAddress.Parse("192.0.2.1");
        DnsTestServer server = StartServer().AddRecords(DnsRecordType.Ptr, "1.2.0.192.in-addr.arpa", 100);
        DnsResolver resolver = CreateResolver(server);
        DnsAnswer<DnsPtrRecord> first = await resolver.ResolvePtrAsync(address);
        Advance(95);

        DnsAnswer<DnsPtrRecord> renewed = await resolver.ResolvePtrAsync(address);
        using CancellationTokenSource guard = new(Guard);
        while (ReferenceEquals(renewed, first))
        {
            await Task.Yield();
            renewed = await resolver.ResolvePtrAsync(address, guard.Token);
        }

        renewed.ExpiresAt.Should().Be(Time.GetUtcNow() + Seconds(100));
        server.Queries.Should().HaveCount(2);
    }

    private static async Task<DnsException> FailAsync(DnsResolver resolver, DnsRecordType type, string name = Name)
    {
        Func<Task> act = () => TypedLookup.ResolveAsync(resolver, type, name).WaitAsync(Guard);
        return (await act.Should().ThrowAsync<DnsException>()).Which;
    }

    private static async Task<TypedAnswerView> ResolveUntilOtherAsync(DnsResolver resolver, DnsRecordType type, TypedAnswerView known)
    {
        using CancellationTokenSource guard = new(Guard);
        while (true)
        {
            TypedAnswerView answer = await TypedLookup.ResolveAsync(resolver, type, Name);
            if (!ReferenceEquals(answer.Answer, known.Answer))
            {
                return answer;
            }

            guard.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
