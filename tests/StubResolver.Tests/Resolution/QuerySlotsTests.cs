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
        }

        await Task.WhenAll(waiters);
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
    public async Task TakeAsync_ManyAtOnce_NeverOverTheCapacityAndNobodyIsForgotten()
    {
        int inUse = 0;
        int most = 0;

        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => Task.Run(async () =>
        {
            using QuestionInbox inbox = new(_time);
            (await _slots.TakeAsync(inbox, new QuestionControl())).Should().BeTrue();
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

    private async Task WaitAsync(int number, List<int> order)
    {
        using QuestionInbox inbox = new(_time);
        await _slots.TakeAsync(inbox, new QuestionControl());
        order.Add(number);
    }
}
