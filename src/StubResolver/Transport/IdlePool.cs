using System.Diagnostics.CodeAnalysis;

namespace StubResolver.Transport;

/// <summary>
/// Objects that wait to be used again, bounded; a stack for each processor, so that threads seldom meet at one, and find there what they used last
/// (benchmark: scale). Thread-safe.
/// </summary>
internal sealed class IdlePool<T> : IDisposable
    where T : class, IDisposable
{
    private readonly IdleStack<T>[] _stacks = new IdleStack<T>[ProcessorStripe.Count];
    private int _stackCapacity;
    private int _isDisposed;

    /// <param name="capacity">About how many are kept, by all processors together.</param>
    public IdlePool(int capacity)
    {
        Capacity = capacity;
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

    /// <summary>About how many are kept, by all processors together.</summary>
    public int Capacity
    {
        set => Volatile.Write(ref _stackCapacity, Math.Max(1, value / _stacks.Length));
    }

    /// <summary>Takes an object, from another processor's stack where this one's is empty.</summary>
    public bool TryTake([NotNullWhen(true)] out T? item)
    {
        int home = ProcessorStripe.Current;
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

    /// <summary>Keeps an object, or disposes it where there are enough; and one more where there are too many now.</summary>
    public void Return(T item)
    {
        if (!TryAdd(item))
        {
            item.Dispose();
            foreach (IdleStack<T> stack in _stacks)
            {
                if (stack.Count > Volatile.Read(ref _stackCapacity) && stack.TryPop(out T? another))
                {
                    another.Dispose();
                    break;
                }
            }
        }

        if (Volatile.Read(ref _isDisposed) != 0)
        {
            Clear();
        }
    }

    /// <summary>Disposes what is idle.</summary>
    public void Clear()
    {
        while (TryTake(out T? item))
        {
            item.Dispose();
        }
    }

    /// <summary>Disposes what is idle, and what comes back later.</summary>
    public void Dispose()
    {
        Interlocked.Exchange(ref _isDisposed, 1); // a fence: what is returned now is seen here, or sees this
        Clear();
    }

    private bool TryAdd(T item)
    {
        int home = ProcessorStripe.Current;
        for (int i = 0; i < _stacks.Length; i++)
        {
            if (_stacks[(home + i) % _stacks.Length].TryPush(item, Volatile.Read(ref _stackCapacity)))
            {
                return true;
            }
        }

        return false;
    }
}
