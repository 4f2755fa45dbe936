using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

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

    [Fact]
    public void Create_CallbackThrows_IsLogged()
    {
        FakeTimeProvider time = new();
        FakeLogger logger = new();
        using ITimer timer = UnflowedTimer.Create(time, logger, () => throw new InvalidTimeZoneException());

        timer.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        time.Advance(TimeSpan.FromSeconds(1));

        logger.LatestRecord.Exception.Should().BeOfType<InvalidTimeZoneException>();
    }

    private static ITimer Create(Action tick, bool isSuppressedAlready)
    {
        using AsyncFlowControl? suppressed = isSuppressedAlready ? ExecutionContext.SuppressFlow() : null;
        return UnflowedTimer.Create(TimeProvider.System, NullLogger.Instance, tick);
    }
}
