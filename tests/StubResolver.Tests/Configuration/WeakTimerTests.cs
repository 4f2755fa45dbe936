using System.Runtime.CompilerServices;
using StubResolver.Configuration;

namespace StubResolver.Tests.Configuration;

public class WeakTimerTests
{
    private static readonly AsyncLocal<string?> s_ambient = new();

    [Fact]
    public void Start_TargetInUse_RunsTheAction()
    {
        ManualTimers timers = new();
        List<int> target = [];
        using ITimer timer = WeakTimer.Start(target, static list => list.Add(1), TimeSpan.FromSeconds(5), timers);

        timers.Fire();
        timers.Fire();

        target.Should().Equal(1, 1);
        GC.KeepAlive(target);
    }

    [Fact]
    public void Start_ConfigurationForgottenWithoutDispose_IsCollectedAndTheTimerEnds()
    {
        ManualTimers timers = new();
        WeakReference configuration = Forget(timers);

        Collect();
        timers.Fire();

        configuration.IsAlive.Should().BeFalse("the timer holds it weakly");
        timers.Active.Should().Be(0, "there is nothing left to do");
    }

    [Fact]
    public void Dispose_OfAConfiguration_EndsItsTimer()
    {
        ManualTimers timers = new();
        SystemConfiguration configuration = new(new FakeSystem(), timers, new LogRecorder());
        int before = timers.Active;

        configuration.Dispose();

        (before, timers.Active).Should().Be((1, 0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_CallerWithAmbientValues_DoesNotTakeThemAlong(bool isSuppressed)
    {
        TaskCompletionSource<string?> seen = new();
        s_ambient.Value = "the caller's";
        if (isSuppressed)
        {
            ExecutionContext.SuppressFlow();
        }

        using ITimer timer = WeakTimer.Start(seen, static seen => seen.TrySetResult(s_ambient.Value), TimeSpan.FromMilliseconds(1), TimeProvider.System);
        bool isStillSuppressed = ExecutionContext.IsFlowSuppressed();
        if (isSuppressed)
        {
            ExecutionContext.RestoreFlow();
        }

        (await seen.Task.WaitAsync(TimeSpan.FromSeconds(60))).Should().BeNull();
        isStillSuppressed.Should().Be(isSuppressed, "the caller's own choice stays as it was");
        GC.KeepAlive(seen); // the wait alone does not keep it, and the timer holds it weakly
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Forget(ManualTimers timers) => new(new SystemConfiguration(new FakeSystem(), timers, new LogRecorder()));

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
