using StubResolver.Caching;
using StubResolver.Resolution;
using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

public sealed class CacheFailureTests : CacheScenarioBase
{
    [Fact]
    public async Task QueryAsync_ServerFails_IsRememberedTwiceAsLongEachTime()
    {
        DnsTestServer server = StartServer().OnAnyQuery((_, response) => response.Code(DnsResponseCode.ServerFailure));
        DnsResolver resolver = CreateImpatientResolver(server);
        List<double> remembered = [];

        await FailAsync(resolver, DnsError.ServerFailure);
        for (int i = 0; i < 7; i++)
        {
            int sent = server.Queries.Count;
            double seconds = 0;
            while (server.Queries.Count == sent)
            {
                Advance(0.5);
                seconds += 0.5;
                await FailAsync(resolver, DnsError.ServerFailure);
            }

            remembered.Add(seconds);
        }

        remembered.Should().Equal(1, 2, 4, 8, 16, 30, 30);
    }

    [Fact]
    public async Task QueryAsync_AnswerInBetween_EndsTheBackOff()
    {
        bool isBroken = true;
        DnsTestServer server = StartServer(300, 10).On(Name, FailWhile(() => isBroken));
        DnsResolver resolver = CreateImpatientResolver(server);
        await FailAsync(resolver, DnsError.ServerFailure);
        Advance(1);
        await FailAsync(resolver, DnsError.ServerFailure);
        Advance(2);
        isBroken = false;
        await resolver.QueryAsync(Name, DnsRecordType.A);
        Advance(10);
        isBroken = true;

        await FailAsync(resolver, DnsError.ServerFailure);
        Advance(1);
        await FailAsync(resolver, DnsError.ServerFailure);

        server.Queries.Should().HaveCount(5, "the failure after the answer is a first one");
    }

    [Fact]
    public async Task QueryAsync_FailureTtlZero_AsksEachTime()
    {
        DnsTestServer server = StartServer().OnAnyQuery((_, response) => response.Code(DnsResponseCode.ServerFailure));
        DnsResolver resolver = CreateResolver(
            options =>
            {
                options.Attempts = 1;
                options.Cache.FailureTtl = TimeSpan.Zero;
            },
            server);

        await FailAsync(resolver, DnsError.ServerFailure);
        await FailAsync(resolver, DnsError.ServerFailure);

        server.Queries.Should().HaveCount(2);
    }

    [Fact]
    public void Remember_NoServerAnswers_IsASecondWithoutGrowth()
    {
        QueryEngine engine = CreateResolver(StartServer()).Pipeline.Engine;

        for (int i = 0; i < 3; i++)
        {
            Remember(engine, FailureKind.NoAnswer).Should().Be(Seconds(1));
            Advance(0.9);
            Find(engine).Should().NotBeNull();
            Advance(0.1);
            Find(engine).Should().BeNull();
        }
    }

    [Fact]
    public async Task Remember_NoServerAnswered_IsForgottenWhenAnyAnswers()
    {
        DnsResolver resolver = CreateResolver(StartServer().AddAddress("other.test", "192.0.2.2"));
        Remember(resolver.Pipeline.Engine, FailureKind.NoAnswer);
        Find(resolver.Pipeline.Engine).Should().NotBeNull();

        await resolver.QueryAsync("other.test", DnsRecordType.A);

        Find(resolver.Pipeline.Engine).Should().BeNull();
    }

    [Fact]
    public async Task QueryAsync_NoServerAnsweredAMomentAgo_FailsWithoutAsking()
    {
        DnsTestServer server = StartServer(300, 300);
        DnsResolver resolver = CreateResolver(server);
        Remember(resolver.Pipeline.Engine, FailureKind.NoAnswer);

        await FailAsync(resolver, DnsError.Timeout);

        server.Queries.Should().BeEmpty();
    }

    [Fact]
    public void Remember_QuestionEndsAfterTheLookupNotedItsFamily_KeepsTheLongerFailure()
    {
        QueryEngine engine = CreateResolver(StartServer()).Pipeline.Engine;
        Remember(engine, FailureKind.OneFamily).Should().Be(Seconds(5));

        Remember(engine, FailureKind.NoAnswer);
        Advance(4.9);

        Find(engine).Should().NotBeNull();
    }

    [Fact]
    public void Remember_OneFamilyWhileItIsRemembered_IsTheSameFailure()
    {
        QueryEngine engine = CreateResolver(StartServer()).Pipeline.Engine;
        Remember(engine, FailureKind.OneFamily);
        Advance(2);

        Remember(engine, FailureKind.OneFamily).Should().Be(Seconds(3), "nobody asked in between");
    }

    [Fact]
    public async Task QueryAsync_CallerCancels_IsNotRemembered()
    {
        DnsTestServer server = StartSilentServer();
        DnsResolver resolver = CreateImpatientResolver(server);
        using CancellationTokenSource cancellation = new();
        Task<DnsAnswer<DnsRecord>> first = resolver.QueryAsync(Name, DnsRecordType.A, cancellation.Token).AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        await cancellation.CancelAsync();
        await first.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();

        Task<DnsAnswer<DnsRecord>> second = resolver.QueryAsync(Name, DnsRecordType.A).AsTask();

        (await server.WaitForQueriesAsync(2).WaitAsync(Guard)).Should().HaveCount(2);
        second.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task ResolveAddressesAsync_OneFamilyFails_IsRememberedFiveSecondsThenTwiceAsLong()
    {
        DnsTestServer server = StartServer(300, 300).On(Name, DnsRecordType.Aaaa, (_, response) => response.Code(DnsResponseCode.ServerFailure));
        DnsResolver resolver = CreateImpatientResolver(server);
        List<double> lives = [];

        for (int i = 0; i < 4; i++)
        {
            DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync(Name);
            answer.PartialFailure!.DnsError.Should().Be(DnsError.ServerFailure);
            answer.Records.Should().HaveCount(1);
            lives.Add((answer.ExpiresAt - Time.GetUtcNow()).TotalSeconds);
            Advance(lives[^1]);
        }

        lives.Should().Equal(5, 10, 20, 40);
        server.Queries.Select(query => query.Type).Should().Equal(
            DnsRecordType.Aaaa, DnsRecordType.A, DnsRecordType.Aaaa, DnsRecordType.Aaaa, DnsRecordType.Aaaa);
    }

    [Fact]
    public async Task ResolveAddressesAsync_FailedFamilyIsBack_CountsAgain()
    {
        bool isBroken = true;
        DnsTestServer server = StartServer(300, 300)
            .On(Name, DnsRecordType.Aaaa, FailWhile(() => isBroken));
        DnsResolver resolver = CreateImpatientResolver(server);
        await resolver.ResolveAddressesAsync(Name);
        isBroken = false;
        Advance(5);

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync(Name);

        answer.PartialFailure.Should().BeNull();
        answer.Records.Should().HaveCount(2);
        answer.ExpiresAt.Should().Be(Time.GetUtcNow() + Seconds(295));
    }

    private static TimeSpan Remember(QueryEngine engine, FailureKind kind)
    {
        QuestionOutcome failure = new() { Name = Name, Type = DnsRecordType.A, Error = DnsError.Timeout };
        return FailureMemory.Remember(engine, failure, kind, engine.Cache.GetEpoch(Name));
    }

    private static FailureItem? Find(QueryEngine engine) => FailureMemory.Find(engine, new QuestionKey(Name, DnsRecordType.A));

    private DnsResolver CreateImpatientResolver(DnsTestServer server) => CreateResolver(
        options =>
        {
            options.Attempts = 1;
            options.AttemptTimeout = Seconds(1);
        },
        server);

    private static async Task<bool> FailAsync(DnsResolver resolver, DnsError error)
    {
        (await resolver.Awaiting(r => r.QueryAsync(Name, DnsRecordType.A).AsTask()).Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(error);
        return true;
    }
}
