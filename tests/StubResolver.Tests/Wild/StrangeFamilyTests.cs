using System.Net.Sockets;

namespace StubResolver.Tests.Wild;

/// <summary>Servers that know A and go wrong at AAAA: the addresses that are there are never lost (RFC 4074).</summary>
public sealed class StrangeFamilyTests : WildTestBase
{
    private const int FormErr = 1;
    private const int ServFail = 2;
    private const int NxDomain = 3;
    private const int NotImp = 4;
    private const int Refused = 5;

    /// <summary>What AAAA is answered with, how that is told, and how often AAAA was asked then.</summary>
    private static readonly Dictionary<string, Case> s_replies = new()
    {
        ["Pi-hole FTL 6.7, aardvark-dns, Docker for Mac 2.5: NXDOMAIN"] = new(query => new WildReply(query, NxDomain), DnsError.NameNotFound, 1),
        ["Mesos-DNS 0.5: NXDOMAIN, and a SOA that says so for an hour"] = new(
            query => new WildReply(query, NxDomain).Authority(WildReply.Name("test"), DnsRecordType.Soa, WildReply.Soa(3600)), DnsError.NameNotFound, 1),
        ["a home router, seen by Firezone: nothing but the question"] = new(query => new WildReply(query), null, 1),
        ["name servers of USPS, 2014: nothing but the question, AA and RA clear"] = new(query => new WildReply(query).Flags(0x8100), null, 1),
        ["OpenZiti, goaway, docker-dns: the A record for the AAAA question"] = new(query => new WildReply(query).Address("127.0.0.1"), null, 1),
        ["Tailscale operator 1.66, weave 0.9: NOTIMP without OPT"] = new(query => new WildReply(query, NotImp), DnsError.ServerFailure, 2),
        ["made up: NOTIMP with OPT"] = new(query => new WildReply(query, NotImp).Opt(), DnsError.ServerFailure, 1),
        ["made up: FORMERR without OPT"] = new(query => new WildReply(query, FormErr), DnsError.ServerFailure, 2),
        ["systemd-resolved 257 for single labels: REFUSED for one family"] = new(query => new WildReply(query, Refused).Opt(), DnsError.Refused, 1),
        ["made up: SERVFAIL with 'Filtered' (17)"] = new(
            query => new WildReply(query, ServFail).Opt(WildReply.Option(15, 0, 17)), DnsError.ServerFailure, 1),
    };

    public static TheoryData<string> Replies => [.. s_replies.Keys];

    [Theory]
    [MemberData(nameof(Replies))]
    public async Task ResolveAddressesAsync_StrangeReplyToAaaa_HasTheOtherAddressesAtOnce(string what)
    {
        (Func<WildQuery, WildReply> reply, DnsError? failure, int count) = s_replies[what];
        WildServer server = StartWild(query => query.Type == DnsRecordType.Aaaa ? reply(query) : new WildReply(query).Address("127.0.0.1"));

        DnsAnswer<DnsAddressRecord> answer = await AtOnceAsync(CreateResolver(server).ResolveAddressesAsync("a.test"));

        answer.Records.Should().ContainSingle(what).Which.Address.ToString().Should().Be("127.0.0.1");
        (answer.PartialFailure?.DnsError).Should().Be(failure);
        server.Queries.Select(query => query.Type).Should().Equal([.. Enumerable.Repeat(DnsRecordType.Aaaa, count), DnsRecordType.A]);
    }

    [Theory]
    [InlineData("fidelityrewards.com, 2017, behind systemd-resolved 231: SERVFAIL", ServFail)]
    [InlineData("made up: a code without a name", 12)]
    public async Task ResolveAddressesAsync_TransientErrorForAaaa_HasTheOtherAddressesWithinPatience(string what, int code)
    {
        WildServer server = StartWild(query => query.Type == DnsRecordType.Aaaa ? new WildReply(query, code) : new WildReply(query).Address("127.0.0.1"));

        DnsAnswer<DnsAddressRecord> answer = await AskAfterPatienceAsync(server);

        answer.Records.Should().ContainSingle(what);
        answer.PartialFailure.Should().NotBeNull();
    }

    [Theory]
    [InlineData("vagrant-dns, 2023: AAAA is dropped", false)]
    [InlineData("WSL 2.3 with DNS tunnelling: the question of the reply has a suffix of the host", true)]
    public async Task ResolveAddressesAsync_AaaaUnanswered_HasTheOtherAddressesWithinPatience(string what, bool repliesWithASuffix)
    {
        WildServer server = StartWild(
            query => query.Type == DnsRecordType.A ? [new WildReply(query).Address("127.0.0.1").ToArray()]
                : repliesWithASuffix ? [new WildReply(query, NxDomain, [.. WildReply.Name(query.Name + ".corp.example"), .. query.Question[^4..]]).ToArray()]
                : [],
            serve: Silence);

        DnsAnswer<DnsAddressRecord> answer = await AskAfterPatienceAsync(server);

        answer.Records.Should().ContainSingle(what).Which.Address.ToString().Should().Be("127.0.0.1");
        answer.PartialFailure!.DnsError.Should().Be(DnsError.Timeout);
        server.Queries.Count(query => query.Type == DnsRecordType.A).Should().Be(1);
    }

    [Fact]
    public async Task ResolveAddressesAsync_ARefusedAndAaaaNxDomain_IsARefusal()
    {
        // systemd-resolved 257.6: single labels
        WildServer server = StartWild(query => query.Type == DnsRecordType.A ? new WildReply(query, Refused).Opt() : new WildReply(query, NxDomain).Opt());
        DnsResolver resolver = CreateResolver(options => options.UseSearchList = false, server);

        Func<Task> act = () => AtOnceAsync(resolver.ResolveAddressesAsync("a.test"));

        (await act.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.Refused, "it may pass");
        server.Queries.Should().HaveCount(2);
    }

    [Fact]
    public async Task ResolveAddressesAsync_OnlyAaaaIsKnown_IsAnswered()
    {
        // smartdns 1.2022: SERVFAIL for A where a name has only AAAA
        WildServer server = StartWild(query => query.Type == DnsRecordType.Aaaa ? new WildReply(query).Address("::1") : new WildReply(query, ServFail));

        DnsAnswer<DnsAddressRecord> answer = await WithinAsync(
            CreateResolver(server).ResolveAddressesAsync("a.test"), TimeSpan.FromSeconds(3));

        answer.Records.Should().ContainSingle().Which.Address.AddressFamily.Should().Be(AddressFamily.InterNetworkV6);
        answer.PartialFailure.Should().NotBeNull();
    }

    /// <summary>Looks addresses up; A must arrive once patience with AAAA is over, 250 ms after it was sent.</summary>
    private async Task<DnsAnswer<DnsAddressRecord>> AskAfterPatienceAsync(WildServer server)
    {
        Task<DnsAnswer<DnsAddressRecord>> lookup = CreateResolver(server).ResolveAddressesAsync("a.test").AsTask();
        await WaitForQueryAsync(server, DnsRecordType.Aaaa);
        Time.Advance(TimeSpan.FromMilliseconds(250));
        await WaitForQueryAsync(server, DnsRecordType.A);
        return await AdvanceUntilEndAsync(lookup, TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(2));
    }

    private static async Task Silence(WildConnection connection) => await Task.Delay(Timeout.Infinite, connection.Stopping);

    private sealed record Case(Func<WildQuery, WildReply> Reply, DnsError? Failure, int AaaaCount);
}
