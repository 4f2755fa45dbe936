using System.Net;
using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public sealed class AliasChainTests
{
    private static readonly DnsRecord s_address = A("c.test", 60);

    public static TheoryData<string, DnsRecord[], string> Chains => new()
    {
        { "no alias", [A("a.test", 30)], "Records a.test 0 30 s" },
        { "letter case differs", [A("A.TEST", 30)], "Records a.test 0 30 s" },
        { "empty", [], "Name a.test 0" },
        { "in order", [CName("a.test", "b.test", 50), CName("b.test", "c.test", 40), s_address], "Records c.test 2 40 s" },
        { "in reverse order", [s_address, CName("b.test", "c.test", 40), CName("a.test", "b.test", 50)], "Records c.test 2 40 s" },
        { "lowest TTL of an RRset", [A("a.test", 30), A("a.test", 20)], "Records a.test 0 20 s" },
        { "ends without records", [CName("a.test", "b.test", 50)], "Name b.test 1" },
        { "records outside the chain", [CName("a.test", "b.test", 50), A("x.test", 1)], "Name b.test 1" },
        { "only unrelated records", [A("x.test", 1)], "Name a.test 0" },
        { "loop of two", [CName("a.test", "b.test", 50), CName("b.test", "a.test", 50)], "Malformed" },
        { "loop of one", [CName("a.test", "a.test", 50)], "Malformed" },
        { "two different aliases", [CName("a.test", "b.test", 50), CName("a.test", "c.test", 50), s_address], "Malformed" },
        { "the same alias twice", [CName("a.test", "c.test", 50), CName("a.test", "C.test", 40), s_address], "Records C.test 1 40 s" },
        { "DNAME", [DName("test", "example", 70), A("a.example", 90)], "Records a.example 1 70 s" },
        { "DNAME with its CNAME", [DName("test", "example", 70), CName("a.test", "a.example", 60), A("a.example", 90)], "Records a.example 1 60 s" },
        { "DNAME at the name itself", [DName("a.test", "example", 70)], "Name a.test 0" },
        { "DNAME of the root", [DName(".", "example", 70), A("a.test.example", 90)], "Records a.test.example 1 70 s" },
        { "DNAME of another suffix", [DName("est", "example", 70)], "Name a.test 0" },
    };

    [Theory]
    [MemberData(nameof(Chains))]
    public void Follow_AnswerSection_LeadsToTheEnd(string what, DnsRecord[] answers, string expected) =>
        Describe(AliasChain.Follow(answers, "a.test", DnsRecordType.A)).Should().Be(expected, what);

    [Theory]
    [InlineData(16, "Records n16.test 16 60 s")]
    [InlineData(17, "Malformed")]
    public void Follow_ManyLinks_16AreTheMost(int links, string expected)
    {
        List<DnsRecord> answers = [.. Enumerable.Range(0, links).Select(i => CName($"n{i}.test", $"n{i + 1}.test", 60)), A($"n{links}.test", 60)];

        Describe(AliasChain.Follow([.. answers], "n0.test", DnsRecordType.A)).Should().Be(expected);
    }

    [Fact]
    public void Follow_QueryForCName_FollowsNothing()
    {
        DnsRecord[] answers = [CName("a.test", "b.test", 50), CName("b.test", "c.test", 40)];

        AliasChain chain = AliasChain.Follow(answers, "a.test", DnsRecordType.CName);

        Describe(chain).Should().Be("Records a.test 0 50 s");
        chain.Records.Should().Equal(answers[0]);
    }

    [Fact]
    public void Follow_QueryForAny_TakesAllOfTheNameAndFollowsNothing()
    {
        DnsRecord[] answers = [CName("a.test", "b.test", 50), A("b.test", 40), A("a.test", 30)];

        AliasChain.Follow(answers, "a.test", DnsRecordType.Any).Records.Should().Equal(answers[0], answers[2]);
    }

    [Theory]
    [InlineData(@"x\.a.test", false, "an escaped dot separates nothing")]
    [InlineData(@"x\\.a.test", true, "an escaped backslash escapes no dot")]
    public void Follow_DNameAndEscapes_OnlyWholeLabelsAreBelow(string name, bool isBelow, string because) =>
        AliasChain.Follow([DName("a.test", "b.example", 70)], name, DnsRecordType.A).Links.Should().Be(isBelow ? 1 : 0, because);

    [Fact]
    public void Follow_DNameMakesTheNameTooLong_IsMalformed()
    {
        string label = new('x', 63);
        string name = $"{label}.{label}.{label}.test";

        AliasChain.Follow([DName("test", new string('y', 63), 70)], name, DnsRecordType.A).End
            .Should().Be(AliasChainEnd.Malformed, "RFC 6672 §2.2 has the server answer YXDOMAIN");
    }

    private static string Describe(AliasChain chain) => chain.End switch
    {
        AliasChainEnd.Records => $"Records {chain.Name} {chain.Links} {chain.Ttl.TotalSeconds} s",
        AliasChainEnd.Name => $"Name {chain.Name} {chain.Links}",
        _ => "Malformed",
    };

    private static DnsAddressRecord A(string name, int ttl) => new(name, TimeSpan.FromSeconds(ttl), IPAddress.Parse("192.0.2.1"));

    private static DnsCNameRecord CName(string name, string target, int ttl) => new(name, TimeSpan.FromSeconds(ttl), target);

    private static DnsDNameRecord DName(string name, string target, int ttl) => new(name, TimeSpan.FromSeconds(ttl), target);
}
