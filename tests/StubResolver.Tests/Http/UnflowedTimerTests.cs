namespace StubResolver.Tests.Http;

public class UnflowedTimerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Create_InARequest_TicksWithoutItsContext(bool isSuppressedAlready)
    {
        AsyncLocal<string> request = new() { Value = "of the request" };
        TaskCompletionSource<string?> seen = new();
        using ITimer timer = Create(() => seen.TrySetResult(request.Value), isSuppressedAlready);

        timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        (await seen.Task).Should().BeNull();
        request.Value.Should().Be("of the request", "the caller keeps its own");
    }

    private static ITimer Create(Action tick, bool isSuppressedAlready)
    {
        using AsyncFlowControl? suppressed = isSuppressedAlready ? ExecutionContext.SuppressFlow() : null;
        return UnflowedTimer.Create(TimeProvider.System, tick);
    }
}
