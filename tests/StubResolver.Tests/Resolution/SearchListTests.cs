using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public sealed class SearchListTests
{
    private static readonly string[] s_kubernetes = ["ns.svc.cluster.test", "svc.cluster.test", "cluster.test"];

    [Theory]
    [InlineData("db", "db.ns.svc.cluster.test db.svc.cluster.test db.cluster.test db")]
    [InlineData("db.ns", "db.ns.ns.svc.cluster.test db.ns.svc.cluster.test db.ns.cluster.test db.ns")]
    [InlineData("a.b.c", "a.b.c.ns.svc.cluster.test a.b.c.svc.cluster.test a.b.c.cluster.test a.b.c")]
    [InlineData("a.b.c.d.e", "a.b.c.d.e.ns.svc.cluster.test a.b.c.d.e.svc.cluster.test a.b.c.d.e.cluster.test a.b.c.d.e")]
    [InlineData("a.b.c.d.e.f", "a.b.c.d.e.f a.b.c.d.e.f.ns.svc.cluster.test a.b.c.d.e.f.svc.cluster.test a.b.c.d.e.f.cluster.test")]
    public void GetCandidates_KubernetesWithNdots5_ListFirstBelow5Dots(string name, string expected) =>
        Join(SearchList.GetCandidates(name, isFullyQualified: false, s_kubernetes, ndots: 5)).Should().Be(expected);

    [Theory]
    [InlineData("db", 0, "db db.x.test")]
    [InlineData("db", 1, "db.x.test db")]
    [InlineData("db.a", 1, "db.a db.a.x.test")]
    [InlineData(@"d\.b", 1, @"d\.b.x.test d\.b")]
    public void GetCandidates_DotsAndNdots_DecideTheOrder(string name, int ndots, string expected) =>
        Join(SearchList.GetCandidates(name, isFullyQualified: false, ["x.test"], ndots)).Should().Be(expected);

    [Fact]
    public void GetCandidates_TrailingDot_OnlyThat() =>
        Join(SearchList.GetCandidates("db", isFullyQualified: true, s_kubernetes, ndots: 5)).Should().Be("db");

    [Theory]
    [InlineData("db", "x.test X.TEST. y.test", "db.x.test db.y.test db", "duplicates collapse")]
    [InlineData("db", ".", "db", "the root completes nothing")]
    [InlineData("db", "x.test . y.test", "db.x.test db db.y.test", "the root has its place in the list")]
    [InlineData("db", "a..b x.test", "db.x.test db", "no name, no suffix")]
    [InlineData("db", "onion x.test corp.invalid localhost a.alt", "db.x.test db", "names under it are never sent (RFC 6761)")]
    public void GetCandidates_OddSuffixes_AreSkipped(string name, string domains, string expected, string because) =>
        Join(SearchList.GetCandidates(name, isFullyQualified: false, domains.Split(' '), ndots: 1)).Should().Be(expected, because);

    [Fact]
    public void GetCandidates_SuffixMakesTheNameTooLong_IsSkipped()
    {
        string label = new('a', 63);
        string suffix = $"{label}.{label}.{new string('b', 61)}";

        IReadOnlyList<SearchCandidate> fits = SearchList.GetCandidates(new string('c', 63), isFullyQualified: false, [suffix], ndots: 1);
        IReadOnlyList<SearchCandidate> isOver = SearchList.GetCandidates(new string('c', 63), isFullyQualified: false, [suffix + "b"], ndots: 1);

        fits.Should().HaveCount(2, "the name has 255 octets");
        isOver.Should().ContainSingle("one more is too long").Which.IsSuffixed.Should().BeFalse();
    }

    private static string Join(IReadOnlyList<SearchCandidate> candidates) => string.Join(' ', candidates.Select(candidate => candidate.Name));
}
