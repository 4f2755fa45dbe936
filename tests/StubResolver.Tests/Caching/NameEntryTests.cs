using StubResolver.Caching;

namespace StubResolver.Tests.Caching;

public sealed class NameEntryTests
{
    private const int Slots = 5;
    private const int Replacements = 1_000_000;

    private readonly NameEntry _entry = new("a.test");

    [Fact]
    public async Task Find_WhileItemsAreReplaced_NeverFindsTheSlotEmpty()
    {
        int missed = 0;
        Array.ForEach([.. Enumerable.Range(0, Slots)], Replace);
        Task writer = Task.Run(() =>
        {
            for (int i = 0; i < Replacements; i++)
            {
                Replace(i % Slots);
            }
        });

        while (!writer.IsCompleted)
        {
            missed += _entry.Find(Slots / 2) is null ? 1 : 0;
            missed += _entry.HasFresh(now: 0, item => item.Slot == Slots / 2) ? 0 : 1;
        }

        await writer;
        missed.Should().Be(0, "there always is one, the old or the new");
    }

    private void Replace(int slot)
    {
        TestItem item = new("text");
        item.Begin(slot, now: 1, new CacheLife(TimeSpan.FromMinutes(1)), wallVersion: 0);
        _entry.Set(item, now: 1);
    }
}
