namespace StubResolver.Tests.Http;

public class ReplacementScheduleTests
{
    [Theory]
    [InlineData(null, 0, 0, 60, "the first time is at once")]
    [InlineData(0, 60, 60, 120, "at most every minute")]
    [InlineData(10, 60, 50, 120, "what is left of the minute")]
    [InlineData(60, 60, 0, 120, "the minute is over, and it keeps changing")]
    [InlineData(119, 60, 0, 120, "not quiet for long enough yet")]
    [InlineData(120, 60, 0, 60, "quiet for twice as long: starts over")]
    [InlineData(30, 120, 90, 240, "doubled")]
    [InlineData(0, 480, 480, 600, "never more than ten minutes")]
    [InlineData(1, 600, 599, 600, "stays at ten minutes")]
    [InlineData(1200, 600, 0, 60, "quiet after ten minutes")]
    public void Next_NeededNow_WaitsAndDoubles(int? sinceLast, int hold, int wait, int nextHold, string because)
    {
        (TimeSpan, TimeSpan) next = ReplacementSchedule.Next(
            sinceLast is { } seconds ? TimeSpan.FromSeconds(seconds) : null, TimeSpan.FromSeconds(hold));

        next.Should().Be((TimeSpan.FromSeconds(wait), TimeSpan.FromSeconds(nextHold)), because);
    }
}
