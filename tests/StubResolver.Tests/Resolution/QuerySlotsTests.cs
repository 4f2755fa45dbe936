using Microsoft.Extensions.Time.Testing;
using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public sealed class QuerySlotsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly QuerySlots _slots = new(2);

    [Fact]
    public void TryTake_UpToTheCapacity_Succeeds()
    {
        bool[] taken = [_slots.TryTake(), _slots.TryTake(), _slots.TryTake()];
        _slots.Release();

        taken.Should().Equal(true, true, false);
        _slots.HasFree.Should().BeTrue();
        _slots.TryTake().Should().BeTrue();
    }

    [Fact]
    public async Task TakeAsync_NoneFree_WaitsInOrder()
    {
        TakeAll();
        List<int> order = [];
        Task[] waiters = [.. Enumerable.Range(0, 5).Select(i => WaitAsync(i, order))];

        for (int i = 0; i < 5; i++)
        {
            order.Should().HaveCount(i);
            _slots.Release();
            await waiters[i];
        }

        order.Should().Equal(0, 1, 2, 3, 4);
    }

    [Fact]
    public async Task TryTake_WhileOthersWait_IsForThemOnly()
    {
        TakeAll();
        using QuestionInbox inbox = new(_time);
        Task<bool> waiter = _slots.TakeAsync(inbox, new QuestionControl()).AsTask();

        _slots.HasFree.Should().BeFalse();
        _slots.TryTake().Should().BeFalse("work that nobody waits for does not overtake");

        _slots.Release();
        (await waiter).Should().BeTrue();
    }

    [Fact]
    public async Task TakeAsync_Stopped_LeavesTheQueueToTheNext()
    {
        TakeAll();
        using QuestionInbox first = new(_time);
        using QuestionInbox second = new(_time);
        QuestionControl control = new();
        Task<bool> leaving = _slots.TakeAsync(first, control).AsTask();
        Task<bool> staying = _slots.TakeAsync(second, new QuestionControl()).AsTask();
        control.IsWaitingForSlot.Should().BeTrue();

        control.Stop(isDeadline: true);
        first.Wake();
        _slots.Release();

        (await leaving).Should().BeFalse();
        (await staying).Should().BeTrue();
        control.WaitedForSlot.Should().BeTrue();
        control.IsWaitingForSlot.Should().BeFalse();
    }

    [Fact]
    public async Task TakeAsync_InBackground_GoesAfterAllOthers()
    {
        TakeAll();
        List<int> order = [];
        Task[] waiters = [WaitAsync(0, order, isBackground: true), WaitAsync(1, order), WaitAsync(2, order, isBackground: true), WaitAsync(3, order)];
        _slots.Waiting.Should().Be(4);

        foreach (int next in (int[])[1, 3, 0, 2])
        {
            _slots.Release();
            await waiters[next];
        }

        order.Should().Equal(1, 3, 0, 2);
        _slots.Waiting.Should().Be(0);
    }

    [Fact]
    public async Task TryTake_OnlyBackgroundWorkWaits_GoesFirst()
    {
        TakeAll();
        using QuestionInbox inbox = new(_time);
        QuestionControl control = new() { IsBackground = true };
        Task<bool> waiter = _slots.TakeAsync(inbox, control).AsTask();
        control.Stop(isDeadline: false);

        _slots.Release(); // wakes it, and it leaves

        (await waiter).Should().BeFalse();
        _slots.TryTake().Should().BeTrue();
    }

    [Fact]
    public async Task TakeAsync_SomebodyComesToWaitForBackgroundWork_ItTakesItsTurn()
    {
        TakeAll();
        List<int> order = [];
        QuestionControl control = new() { IsBackground = true };
        using QuestionInbox inbox = new(_time);
        Task[] waiters = [WaitAsync(0, order, isBackground: true), WaitAsync(1, order, inbox, control), WaitAsync(2, order)];

        control.IsBackground = false;
        inbox.Wake();
        waiters = [.. waiters, WaitAsync(3, order)];
        foreach (int next in (int[])[2, 1, 3, 0])
        {
            _slots.Release();
            await waiters[next];
        }

        order.Should().Equal(2, 1, 3, 0);
    }

    [Fact]
    public async Task TakeAsync_ManyAtOnce_NeverOverTheCapacityAndNobodyIsForgotten()
    {
        int inUse = 0;
        int most = 0;

        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => Task.Run(async () =>
        {
            using QuestionInbox inbox = new(_time);
            (await _slots.TakeAsync(inbox, new QuestionControl { IsBackground = i % 3 == 0 })).Should().BeTrue();
            InterlockedMax(ref most, Interlocked.Increment(ref inUse));
            await Task.Yield();
            Interlocked.Decrement(ref inUse);
            _slots.Release();
        }))).WaitAsync(TimeSpan.FromSeconds(30));

        most.Should().BeInRange(1, 2);
        TakeAll();
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen = Volatile.Read(ref target);
        while (value > seen && Interlocked.CompareExchange(ref target, value, seen) is var other && other != seen)
        {
            seen = other;
        }
    }

    private void TakeAll()
    {
        _slots.TryTake().Should().BeTrue();
        _slots.TryTake().Should().BeTrue();
    }

    private async Task WaitAsync(int number, List<int> order, bool isBackground = false)
    {
        using QuestionInbox inbox = new(_time);
        await WaitAsync(number, order, inbox, new QuestionControl { IsBackground = isBackground });
    }

    private async Task WaitAsync(int number, List<int> order, QuestionInbox inbox, QuestionControl control)
    {
        await _slots.TakeAsync(inbox, control);
        order.Add(number);
    }
}
