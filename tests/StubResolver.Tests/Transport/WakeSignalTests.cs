using Microsoft.Extensions.Time.Testing;
using StubResolver.Transport;

namespace StubResolver.Tests.Transport;

public sealed class WakeSignalTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly WakeSignal _signal;

    public WakeSignalTests() => _signal = new WakeSignal(_time);

    public void Dispose() => _signal.Dispose();

    [Fact]
    public void WaitAsync_SetBefore_DoesNotWait()
    {
        _signal.Set();

        Wait(WakeSignal.Never).IsCompleted.Should().BeTrue();
    }

    [Fact]
    public async Task WaitAsync_SetBeforeTwice_DoesNotWaitOnce()
    {
        _signal.Set();
        _signal.Set();
        await Wait(WakeSignal.Never);

        Task second = Wait(WakeSignal.Never);

        second.IsCompleted.Should().BeFalse();
        _signal.Set();
        await second;
    }

    [Fact]
    public async Task WaitAsync_MomentComes_Ends()
    {
        Task wait = Wait(In(TimeSpan.FromSeconds(1)));

        _time.Advance(TimeSpan.FromMilliseconds(999));
        wait.IsCompleted.Should().BeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));

        await wait;
    }

    [Fact]
    public void WaitAsync_MomentPast_DoesNotWait() => Wait(_time.GetTimestamp()).IsCompleted.Should().BeTrue();

    [Fact]
    public async Task WaitAsync_EarlierMomentThanBefore_IsNotLate()
    {
        Task first = Wait(In(TimeSpan.FromSeconds(10)));
        _signal.Set();
        await first;

        Task second = Wait(In(TimeSpan.FromSeconds(1)));
        _time.Advance(TimeSpan.FromSeconds(1));

        await second;
    }

    [Fact]
    public async Task WaitAsync_LaterMomentThanBefore_EndsAtTheLatestThen()
    {
        Task first = Wait(In(TimeSpan.FromSeconds(1)));
        _signal.Set();
        await first;

        long until = In(TimeSpan.FromSeconds(10));
        Task second = Wait(until);
        _time.Advance(TimeSpan.FromSeconds(1));
        if (second.IsCompleted)
        {
            await second; // spurious: the timer of the first wait
            second = Wait(until);
        }

        second.IsCompleted.Should().BeFalse();
        _time.Advance(TimeSpan.FromSeconds(9));
        await second;
    }

    [Fact]
    public async Task Set_ManySettersAndOneWaiter_LosesNoWakeUp()
    {
        const int Rounds = 20_000;
        int posted = 0;
        Task[] setters = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                Interlocked.Increment(ref posted);
                _signal.Set();
            }
        }))];

        while (Volatile.Read(ref posted) < 2 * Rounds)
        {
            await Wait(WakeSignal.Never).WaitAsync(TimeSpan.FromSeconds(30));
        }

        await Task.WhenAll(setters);
        posted.Should().Be(2 * Rounds);
    }

    private Task Wait(long until) => _signal.WaitAsync(until).AsTask();

    private long In(TimeSpan wait) => _time.GetTimestamp() + (long)(wait.TotalSeconds * _time.TimestampFrequency);
}
