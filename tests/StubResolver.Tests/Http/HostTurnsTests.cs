namespace StubResolver.Tests.Http;

public class HostTurnsTests
{
    [Fact]
    public void Next_HostsThatAlternate_EachHaveTheirOwn()
    {
        HostTurns turns = new(start: 7);

        uint[] taken = [turns.Next("a.test"), turns.Next("b.test"), turns.Next("A.TEST"), turns.Next("b.test")];

        taken.Should().Equal(7, 7, 8, 8);
    }

    [Fact]
    public void Next_EndOfTheRange_GoesRound()
    {
        HostTurns turns = new(start: uint.MaxValue);

        uint[] taken = [turns.Next("a.test"), turns.Next("a.test")];

        taken.Should().Equal(uint.MaxValue, 0);
    }

    [Fact]
    public void Next_MoreHostsThanAreKept_StartsOver()
    {
        HostTurns turns = new(start: 0);
        turns.Next("a.test");
        for (int i = 0; i < 1023; i++)
        {
            turns.Next($"{i}.test");
        }

        uint whileThereIsRoom = turns.Next("a.test");
        turns.Next("one.more.test");
        uint after = turns.Next("a.test");

        (whileThereIsRoom, after).Should().Be((1u, 0u));
    }
}
