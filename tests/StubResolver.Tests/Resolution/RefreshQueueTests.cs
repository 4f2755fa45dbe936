using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public class RefreshQueueTests
{
    [Fact]
    public async Task Start_SameKeyWhileItRuns_ReturnsTheOneUnderWay()
    {
        RefreshQueue<string, int> queue = new(TimeProvider.System);
        TaskCompletionSource<int> gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int started = 0;

        Refresh<int> first = queue.Start("a", _ => Renew());
        Refresh<int> second = queue.Start("a", _ => Renew());
        Refresh<int> other = queue.Start("b", _ => ValueTask.FromResult(2));
        gate.SetResult(1);
        await queue.WaitAsync();

        second.Should().BeSameAs(first);
        (await first.Task, await other.Task).Should().Be((1, 2));
        started.Should().Be(1);

        async ValueTask<int> Renew()
        {
            Interlocked.Increment(ref started);
            return await gate.Task;
        }
    }

    [Fact]
    public async Task Start_OneThatFailed_StartsAnew()
    {
        RefreshQueue<string, int> queue = new(TimeProvider.System);
        Refresh<int> failed = queue.Start("a", _ => throw new InvalidOperationException());
        await failed.Task.Awaiting(task => task).Should().ThrowAsync<InvalidOperationException>();

        (await queue.Start("a", _ => ValueTask.FromResult(1)).Task).Should().Be(1);
        await queue.WaitAsync();
    }

    [Fact]
    public async Task Start_CallersContext_DoesNotFlow()
    {
        AsyncLocal<string?> ambient = new() { Value = "caller" };
        RefreshQueue<string, string?> queue = new(TimeProvider.System);

        (await queue.Start("a", _ => new ValueTask<string?>(ambient.Value)).Task).Should().BeNull();
    }
}
