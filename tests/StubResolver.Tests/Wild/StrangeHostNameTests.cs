using System.Net;

namespace StubResolver.Tests.Wild;

/// <summary>
/// Names from strangers where a host name is due (CVE-2021-33195, CVE-2021-3672): left out, or returned escaped to who asked for what was sent.
/// </summary>
public sealed class StrangeHostNameTests : WildTestBase
{
    private static readonly byte[] s_goodHost = WildReply.Name("host_1.a-b.test");

    /// <summary>Targets that are no host names, in wire form, by where they were seen.</summary>
    private static readonly Dictionary<string, byte[]> s_hostile = new()
    {
        ["testssl.sh, 2020: a terminal sequence"] = [4, 0x1B, .. "[2J"u8, 4, .. "test"u8, 0],
        ["CVE-2021-33195: markup"] = [25, .. "<script>alert(1)</script>"u8, 4, .. "test"u8, 0],
        ["CVE-2021-3672: a dot inside a label"] = [8, .. "good.org"u8, 4, .. "test"u8, 0],
        ["CVE-2021-3672: a NUL inside a label"] = [5, .. "a\0b\0c"u8, 4, .. "test"u8, 0],
        ["Active Directory, 2023: a dollar sign"] = [5, .. "host$"u8, 4, .. "test"u8, 0],
        ["Pi-hole FTL 5, 2020: blanks"] = [11, .. "hello world"u8, 4, .. "test"u8, 0],
        ["made up: a slash and dots"] = [9, .. "../../etc"u8, 4, .. "test"u8, 0],
        ["made up: a quote and a semicolon"] = [4, .. "';--"u8, 4, .. "test"u8, 0],
        ["made up: a line break"] = [3, .. "a\nb"u8, 4, .. "test"u8, 0],
        ["made up: UTF-8"] = [6, .. "höst0"u8, 4, .. "test"u8, 0],
        ["made up: a wildcard"] = [1, .. "*"u8, 4, .. "test"u8, 0],
        ["made up: a backslash"] = [3, .. @"a\b"u8, 4, .. "test"u8, 0],
    };

    private static readonly Dictionary<string, Lookup> s_lookups = new()
    {
        ["PTR"] = new(DnsRecordType.Ptr, [], async resolver =>
            (await AtOnceAsync(resolver.ResolvePtrAsync(IPAddress.Parse("192.0.2.7")))).Records.Select(record => record.Target)),
        ["MX"] = new(DnsRecordType.Mx, [0, 10], async resolver =>
            (await AtOnceAsync(resolver.ResolveMxAsync("a.test"))).Records.Select(record => record.Exchange)),
        ["SRV"] = new(DnsRecordType.Srv, [0, 0, 0, 0, 0, 80], async resolver =>
            (await AtOnceAsync(resolver.ResolveSrvAsync("_http._tcp.test"))).Records.Select(record => record.Target)),
        ["NS"] = new(DnsRecordType.Ns, [], async resolver => (await AtOnceAsync(resolver.ResolveNsAsync("a.test"))).Records.Select(record => record.Target)),
    };

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (string lookup in s_lookups.Keys)
            {
                foreach (string what in s_hostile.Keys)
                {
                    cases.Add(lookup, what);
                }
            }

            return cases;
        }
    }

    public static TheoryData<string> Hostile => [.. s_hostile.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Resolve_HostileTargetBesideAGoodOne_IsLeftOut(string lookup, string what)
    {
        (DnsRecordType type, byte[] head, Func<DnsResolver, Task<IEnumerable<string>>> resolve) = s_lookups[lookup];
        WildServer server = StartWild(query => new WildReply(query)
            .Answer(WildReply.AskedName, type, [.. head, .. s_hostile[what]]).Answer(WildReply.AskedName, type, [.. head, .. s_goodHost]));

        (await resolve(CreateResolver(server))).Should().Equal(["host_1.a-b.test"], what);
        server.Queries.Should().ContainSingle();
    }

    [Theory]
    [InlineData("PTR")]
    [InlineData("MX")]
    [InlineData("SRV")]
    [InlineData("NS")]
    public async Task Resolve_NothingButHostileTargets_IsMalformed(string lookup)
    {
        (DnsRecordType type, byte[] head, Func<DnsResolver, Task<IEnumerable<string>>> resolve) = s_lookups[lookup];
        WildServer server = StartWild(query => s_hostile.Values.Aggregate(
            new WildReply(query), (reply, target) => reply.Answer(WildReply.AskedName, type, [.. head, .. target])));

        Func<Task> act = () => resolve(CreateResolver(server));

        (await act.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.MalformedResponse);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Query_HostileTarget_IsReturnedEscaped(string what)
    {
        WildServer server = StartWild(query => new WildReply(query).Answer(WildReply.AskedName, query.Type, s_hostile[what]));
        DnsResolver resolver = CreateResolver(server);

        string[] targets =
        [
            ((DnsPtrRecord)(await AskAsync(resolver, "a.test", DnsRecordType.Ptr)).Records[0]).Target,
            (await AtOnceAsync(resolver.ResolvePtrAsync("b.test"))).Records[0].Target,
            (await AtOnceAsync(resolver.ResolveCNameAsync("c.test"))).Records[0].CanonicalName,
        ];

        targets.Should().OnlyContain(target => target.EndsWith(".test") && target.All(IsPrintable), what);
        targets.Distinct().Should().ContainSingle("the same octets read the same everywhere");
        targets[0].Replace(@"\.", "").Split('.').Should().HaveCount(2, "a dot inside a label separates nothing");
    }

    [Fact]
    public async Task ResolvePtrAsync_AddressWithoutAName_IsMalformed()
    {
        // Node.js 4's users, 2015: the reverse zone of a provider says "-"; no label of a host name begins with a hyphen
        WildServer server = StartWild(query => new WildReply(query).Answer(WildReply.AskedName, DnsRecordType.Ptr, WildReply.Name("-")));

        Func<Task> act = () => AtOnceAsync(CreateResolver(server).ResolvePtrAsync(IPAddress.Parse("192.0.2.7")));

        (await act.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.MalformedResponse);
    }

    private static bool IsPrintable(char character) => character is >= ' ' and <= '~';

    private sealed record Lookup(DnsRecordType Type, byte[] Head, Func<DnsResolver, Task<IEnumerable<string>>> Resolve);
}
