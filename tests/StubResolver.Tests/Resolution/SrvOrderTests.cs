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
    public void Draw_NumberUpToTheSum_PicksByRunningSum(int number, string expected, string because)
    {
        DnsSrvRecord[] records = [Srv(1, 0, "zero"), Srv(1, 10, "light"), Srv(1, 90, "heavy")];

        int index = SrvOrder.Draw(records, number);

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

    [Fact]
    public void Arrange_Mx_ByPreferenceAndStable()
    {
        DnsMxRecord[] records = [Mx(20, "c"), Mx(10, "a"), Mx(20, "d"), Mx(10, "b")];

        MxOrder.Arrange(records).Select(record => record.Exchange).Should().Equal("a", "b", "c", "d");
    }

    private static DnsSrvRecord Srv(int priority, int weight, string target) => new("_x._tcp.test", TimeSpan.FromSeconds(60), priority, weight, 443, target);

    private static DnsMxRecord Mx(int preference, string exchange) => new("test", TimeSpan.FromSeconds(60), preference, exchange);
}
