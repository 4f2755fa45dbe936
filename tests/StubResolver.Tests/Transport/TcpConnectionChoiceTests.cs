using System.Globalization;
using StubResolver.Transport;

namespace StubResolver.Tests.Transport;

public sealed class TcpConnectionChoiceTests
{
    private const int Another = TcpConnectionChoice.OpenAnother;
    private const int Wait = TcpConnectionChoice.WaitForRoom;

    [Theory]
    [InlineData("", 1, Another, "there is none yet")]
    [InlineData("", 4, Another, "there is none yet")]
    [InlineData("0:0", 4, 0, "an idle one is reused")]
    [InlineData("5:100", 4, 0, "100 ms are not over 100 ms")]
    [InlineData("1:101", 4, Another, "behind a slow query the others wait too")]
    [InlineData("1:101", 1, 0, "no other may be opened")]
    [InlineData("99:0", 1, 0, "there is room for one")]
    [InlineData("100:0", 1, Wait, "100 is the most")]
    [InlineData("100:0", 4, Another, "it is full, another may be opened")]
    [InlineData("3:50 1:50 2:50", 4, 1, "the least loaded")]
    [InlineData("1:500 9:50", 4, 1, "a prompt one goes before a slow one")]
    [InlineData("1:500 9:500", 2, 0, "all are slow: the least loaded")]
    [InlineData("1:500 100:50", 2, 0, "the prompt one is full")]
    [InlineData("100:500 100:50", 2, Wait, "all are full")]
    [InlineData("1:500 1:500 1:500 1:500", 4, 0, "all are slow and there are four")]
    [InlineData("1:held 50:500", 2, 1, "behind what held up a connection before only where all else is full")]
    [InlineData("1:held 100:500", 2, 0, "all else is full")]
    [InlineData("1:held", 4, Another, "another may be opened")]
    public void Choose_Loads_PicksPromptThenNewThenAny(string loads, int maxConnections, int expected, string because)
    {
        TcpConnectionChoice.Choose(ParseAll(loads), maxConnections).Should().Be(expected, because);
    }

    [Theory]
    [InlineData("", 0, Another, "there is none yet")]
    [InlineData("", 3, Another, "three that take no more are open, four may be")]
    [InlineData("", 4, Wait, "four that take no more are open: they count until they are closed")]
    [InlineData("5:50", 1, Another, "others are under way on the one there is")]
    [InlineData("5:50 0:0", 2, 1, "nothing is under way on the second")]
    [InlineData("5:50 0:0", 4, 1, "an idle one serves before another is opened, or waited for")]
    [InlineData("1:0 1:0 1:0 1:0", 4, Wait, "each is taken")]
    public void ChooseAlone_Loads_PicksIdleThenNew(string loads, int openCount, int expected, string because) =>
        TcpConnectionChoice.ChooseAlone(ParseAll(loads), openCount, maxConnections: 4).Should().Be(expected, because);

    private static TcpConnectionLoad[] ParseAll(string loads) => [.. loads.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

    private static TcpConnectionLoad Parse(string load)
    {
        string[] parts = load.Split(':');
        TimeSpan age = parts[1] == "held" ? TcpConnectionLoad.HeldUp : TimeSpan.FromMilliseconds(int.Parse(parts[1], CultureInfo.InvariantCulture));
        return new TcpConnectionLoad(int.Parse(parts[0], CultureInfo.InvariantCulture), age);
    }
}
