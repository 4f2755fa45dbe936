using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using StubResolver.Tests.Diagnostics;

namespace StubResolver.Tests.Wild;

/// <summary>Forgeries that are put aside, and what keeps them from counting.</summary>
public class ForgedDoubtsTests : WildTestBase
{
    private const string Name = "a-name-long-enough-to-be-surely-mixed.test";
    private const string Forged = "192.0.2.66";

    [Fact]
    public async Task QueryAsync_WrongCaseAmongManyNearMissesAndTcpFails_DoesNotCount()
    {
        // made up: somebody guesses at ids, and hits once but for the letter case
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        WildServer server = StartWild(
            query =>
            {
                byte[] wrongId = new WildReply(query).Address(Forged).ToArray();
                wrongId[0] ^= 0x55;
                return [Folded(query).ToArray(), .. Enumerable.Repeat(wrongId, 12)];
            },
            serve: async _ => await gate.Task);
        TestMeterFactory meters = Track(new TestMeterFactory());
        using MetricCollector<long> rejected = new(meters, "StubResolver", "stubresolver.datagrams.rejected");
        DnsResolver resolver = CreateResolver(options => (options.RandomizeCase, options.MeterFactory) = (true, meters), server);
        Task<DnsAnswer<DnsRecord>> lookup = resolver.QueryAsync(Name, DnsRecordType.A).AsTask();
        await AdvanceUntilAsync(() => server.ConnectionCount > 0, TimeSpan.Zero, Guard);
        await rejected.WaitForMeasurementsAsync(11).WaitAsync(Guard);
        await SettleAsync();

        gate.SetResult();
        Func<Task> act = () => AdvanceUntilEndAsync(lookup, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(12));

        await act.Should().ThrowAsync<DnsException>("ten near misses end the trust in UDP");
    }

    [Fact]
    public async Task QueryAsync_WrongCaseAfterAnErrorOverTcp_DoesNotCount()
    {
        // made up: the forgery comes twice, before and after the server said SERVFAIL over TCP
        WildServer server = StartWild(query => query.Protocol == DnsProtocol.Tcp
            ? [new WildReply(query, 2).ToArray()]
            : [Folded(query).ToArray(), Folded(query).ToArray()]);
        TestMeterFactory meters = Track(new TestMeterFactory());
        using MetricCollector<double> ended = new(meters, "StubResolver", "stubresolver.query.duration");
        DnsResolver resolver = CreateResolver(options => (options.RandomizeCase, options.MeterFactory) = (true, meters), server);
        Task<DnsAnswer<DnsRecord>> lookup = resolver.QueryAsync(Name, DnsRecordType.A).AsTask();
        await ended.WaitForMeasurementsAsync(1).WaitAsync(Guard); // TCP: UDP goes on listening

        Func<Task> act = () => AdvanceUntilEndAsync(lookup, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(12));

        (await act.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.ServerFailure);
    }

    [Theory]
    [InlineData(0x8380, "it says that it is truncated")]
    [InlineData(0x8180, "its answer section is cut")]
    public async Task QueryAsync_RestOfAReplyWithoutTheCookie_DoesNotKeepFromListening(int flags, string because)
    {
        // made up: the forgery comes first, the reply with the cookie behind it, and TCP accepts and is silent
        WildServer server = StartWild(
            query => query.Name == "a.test"
                ? [WithCookie(query).ToArray()]
                : [new WildReply(query).Flags((ushort)flags).Counts(answer: 1).ToArray(), WithCookie(query).ToArray()],
            serve: async connection => await connection.ReadAsync());
        DnsResolver resolver = CreateResolver(options => options.UseCookies = true, server);
        await AskAsync(resolver, "a.test");

        DnsAnswer<DnsRecord> answer = await AskAsync(resolver, "b.test");

        answer.Records.Should().ContainSingle(because).Which.ToString().Should().EndWith("192.0.2.1");
    }

    private static WildReply WithCookie(WildQuery query) =>
        new WildReply(query).Address("192.0.2.1").Opt(WildReply.Option(10, [.. query.Cookie[..8], 8, 7, 6, 5, 4, 3, 2, 1]));

    private static WildReply Folded(WildQuery query) =>
        new WildReply(query, 0, [.. WildReply.Name(query.Name.ToLowerInvariant()), .. query.Question[^4..]]).Address(Forged);
}
