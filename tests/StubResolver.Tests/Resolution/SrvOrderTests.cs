using System.Globalization;
using StubResolver.Resolution;

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
    [InlineData(0, "zero", "the running sum of weight 0 reaches only the number 0")]
    [InlineData(1, "light", "1 is in the first record with a weight")]
    [InlineData(10, "light", "10 is its last number")]
    [InlineData(11, "heavy", "11 is in the next")]
    [InlineData(100, "heavy", "the sum of all weights can be drawn")]
    public void Find_NumberUpToTheSum_PicksByRunningSum(int number, string expected, string because)
    {
        DnsSrvRecord[] records = [Srv(1, 0, "zero"), Srv(1, 10, "light"), Srv(1, 90, "heavy")];

        int index = SrvOrder.Find(records, number);

        records[index].Target.Should().Be(expected, because + " (RFC 2782)");
    }

    [Fact]
    public void Arrange_OnePriority_DrawsFromWhatIsLeft()
    {
        List<int> bounds = [];
        DnsSrvRecord[] records = [Srv(1, 10, "light"), Srv(1, 90, "heavy"), Srv(1, 0, "zero")];

        IReadOnlyList<DnsSrvRecord> ordered = SrvOrder.Arrange(records, bound =>
        {
            bounds.Add(bound);
            return bound - 1;
        });

        ordered.Select(record => record.Target).Should().Equal("heavy", "light", "zero");
        bounds.Should().Equal([101, 11, 1], "numbers from 0 to the sum of the weights that are left");
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
