using System.Diagnostics.CodeAnalysis;

namespace StubResolver.Transport;

/// <summary>
/// Objects that wait to be used again, bounded; a stack for each processor, so that threads seldom meet at one, and find there what they used last
/// (benchmark: scale). Thread-safe.
/// </summary>
internal sealed class IdlePool<T>
    where T : class
{
    private const int MaxStacks = 16;

    private readonly IdleStack<T>[] _stacks = new IdleStack<T>[Math.Min(Environment.ProcessorCount, MaxStacks)];
    private readonly int _capacity;

    /// <param name="capacity">How many are kept at most, by all processors together.</param>
    public IdlePool(int capacity)
    {
        _capacity = Math.Max(1, capacity / _stacks.Length);
        for (int i = 0; i < _stacks.Length; i++)
        {
            _stacks[i] = new IdleStack<T>();
        }
    }

    public int Count
    {
        get
        {
            int count = 0;
            foreach (IdleStack<T> stack in _stacks)
            {
                count += stack.Count;
            }

            return count;
        }
    }

    private int Home => (int)((uint)Thread.GetCurrentProcessorId() % (uint)_stacks.Length);

    /// <summary>Keeps an object; false where there are enough.</summary>
    public bool TryAdd(T item) => _stacks[Home].TryPush(item, _capacity);

    /// <summary>Takes an object, from another processor's stack where this one's is empty.</summary>
    public bool TryTake([NotNullWhen(true)] out T? item)
    {
        int home = Home;
        for (int i = 0; i < _stacks.Length; i++)
        {
            if (_stacks[(home + i) % _stacks.Length].TryPop(out item))
            {
                return true;
            }
        }

        item = null;
        return false;
    }
}
