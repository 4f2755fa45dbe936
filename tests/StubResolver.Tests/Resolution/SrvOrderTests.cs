using System.Globalization;
using StubResolver.Resolution;
using StubResolver.Tests.Scenarios;

namespace StubResolver.Tests.Resolution;

public sealed class SrvOrderTests
{
    [Fact]
    public void Arrange_Priorities_LowestFirst()
    {
        DnsSrvRecord[] records = [Srv(20, 0, "c"), Srv(10, 0, "a"), Srv(15, 100, "b")];

        IReadOnlyList<DnsSrvRecord> ordered = SrvOrder.Arrange(records, _ => 0);

        ordered.Select(record => record.Target).Should().Equal("a", "b", "c");
    }

    [Theory]
    [InlineData(0, "light", "the first ten numbers are its own")]
    [InlineData(9, "light", "10 is its weight")]
    [InlineData(10, "heavy", "the next ninety are this one's")]
    [InlineData(99, "heavy", "the sum of all weights is not drawn")]
    public void Find_NumberBelowTheSum_FallsOnAShare(int number, string expected, string because)
    {
        DnsSrvRecord[] records = [Srv(1, 0, "zero"), Srv(1, 10, "light"), Srv(1, 90, "heavy")];

        int index = SrvOrder.Find(records, number);

        records[index].Target.Should().Be(expected, because);
    }

    [Fact]
    public void Arrange_OnePriority_DrawsFromWhatIsLeft()
    {
        List<int> bounds = [];
        DnsSrvRecord[] records = [Srv(1, 0, "zero"), Srv(1, 10, "light"), Srv(1, 0, "nil"), Srv(1, 90, "heavy")];

        IReadOnlyList<DnsSrvRecord> ordered = SrvOrder.Arrange(records, bound =>
        {
            bounds.Add(bound);
            return bound - 1;
        });

        ordered.Select(record => record.Target).Should().Equal("heavy", "light", "nil", "zero");
        bounds.Should().Equal([100, 10, 2], "the weights that are left, then those without one, who are equal");
    }

    [Theory]
    [InlineData("1 1")]
    [InlineData("100 100")]
    [InlineData("0 0")]
    [InlineData("1 1 1 1 1 1 1 1 1 1")]
    [InlineData("65535 65535 65535 65535 65535 65535 65535 65535 65535 65535")]
    [InlineData("0 0 0 0 0 0 0 0 0 0")]
    [InlineData("1 3")]
    [InlineData("3 1")]
    [InlineData("1 2 3 4")]
    public void Arrange_ManyDraws_FirstByWeightAndNothingElse(string weights)
    {
        const int Draws = 100_000;
        int[] shares = [.. weights.Split(' ').Select(weight => int.Parse(weight, CultureInfo.InvariantCulture))];
        DnsSrvRecord[] records = [.. shares.Select((weight, i) => Srv(1, weight, i.ToString(CultureInfo.InvariantCulture)))];
        Random random = new(2782); // of one seed: what it draws is the same in each run
        int[] firsts = new int[records.Length];

        for (int i = 0; i < Draws; i++)
        {
            firsts[int.Parse(SrvOrder.Arrange(records, random.Next)[0].Target, CultureInfo.InvariantCulture)]++;
        }

        double[] expected = [.. shares.Select(share => shares.Sum() == 0 ? 1.0 : share)];
        ChiSquare.GetExcess(firsts, expected).Should().BeLessThan(ChiSquare.Sigmas, $"{string.Join(' ', firsts)} were first");
    }

    [Theory]
    [InlineData("1 1 1")]
    [InlineData("0 0 0")]
    public void Arrange_EqualWeights_EveryOrderIsAsLikely(string weights)
    {
        DnsSrvRecord[] records = [.. weights.Split(' ').Select((weight, i) => Srv(1, int.Parse(weight, CultureInfo.InvariantCulture), $"{i}"))];
        Random random = new(2782);
        Dictionary<string, int> orders = [];

        for (int i = 0; i < 60_000; i++)
        {
            string order = string.Concat(SrvOrder.Arrange(records, random.Next).Select(record => record.Target));
            orders[order] = orders.GetValueOrDefault(order) + 1;
        }

        orders.Should().HaveCount(6);
        ChiSquare.GetExcess([.. orders.Values], [1, 1, 1, 1, 1, 1]).Should().BeLessThan(ChiSquare.Sigmas);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("1", false)]
    [InlineData("1 2 3", false)]
    [InlineData("1 1", true)]
    [InlineData("1 2 2", true)]
    public void IsDrawn_SortedPriorities_WhereTwoAreEqual(string priorities, bool expected) =>
        SrvOrder.IsDrawn([.. priorities.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(priority => Srv(int.Parse(priority, CultureInfo.InvariantCulture), 1, "a"))])
            .Should().Be(expected);

    [Fact]
    public void Draw_AnswerOfServices_LeavesTheSharedOneAlone()
    {
        DnsAnswer<DnsSrvRecord> shared = new("test", [Srv(1, 1, "a"), Srv(1, 1, "b")]) { CanonicalName = "c.test", IsStale = true };

        DnsAnswer<DnsSrvRecord> drawn = RecordOrder.Draw(shared, bound => bound - 1);

        drawn.Should().NotBeSameAs(shared);
        drawn.Records.Select(record => record.Target).Should().Equal("b", "a");
        shared.Records.Select(record => record.Target).Should().Equal("a", "b");
        (drawn.CanonicalName, drawn.IsStale, drawn.ExpiresAt).Should().Be((shared.CanonicalName, shared.IsStale, shared.ExpiresAt));
    }

    [Fact]
    public void Draw_OneServiceOrOtherRecords_ReturnsTheSharedAnswer()
    {
        DnsAnswer<DnsSrvRecord> services = new("test", [Srv(1, 1, "a"), Srv(2, 1, "b")]);
        DnsAnswer<DnsMxRecord> exchanges = new("test", [Mx(1, "a"), Mx(1, "b")]);

        RecordOrder.Draw(services, _ => 0).Should().BeSameAs(services);
        RecordOrder.Draw(exchanges, _ => 0).Should().BeSameAs(exchanges);
    }

    [Fact]
    public void Arrange_Mx_ByPreferenceAndStable()
    {
        DnsMxRecord[] records = [Mx(20, "c"), Mx(10, "a"), Mx(20, "d"), Mx(10, "b")];

        MxOrder.Arrange(records).Select(record => record.Exchange).Should().Equal("a", "b", "c", "d");
    }

    private static DnsSrvRecord Srv(int priority, int weight, string target) => new("_x._tcp.test", TimeSpan.FromSeconds(60), priority, weight, 443, target);

    private static DnsMxRecord Mx(int preference, string exchange) => new("test", TimeSpan.FromSeconds(60), preference, exchange);
}
