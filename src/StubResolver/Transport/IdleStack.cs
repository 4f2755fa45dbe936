using System.Diagnostics.CodeAnalysis;

namespace StubResolver.Transport;

/// <summary>Objects that wait to be used again, the last one first: it is the likeliest to be in the processor's cache. Thread-safe.</summary>
internal sealed class IdleStack<T>
    where T : class
{
    private readonly Lock _gate = new();
    private readonly Stack<T> _items = new();
    private int _count; // written under the gate, read without

    public int Count => Volatile.Read(ref _count);

    /// <summary>Keeps an object; false where there are as many already.</summary>
    public bool TryPush(T item, int capacity)
    {
        lock (_gate)
        {
            if (_items.Count >= capacity)
            {
                return false;
            }

            _items.Push(item);
            Volatile.Write(ref _count, _items.Count);
            return true;
        }
    }

    public bool TryPop([NotNullWhen(true)] out T? item)
    {
        item = null;
        if (Count == 0)
        {
            return false;
        }

        lock (_gate)
        {
            bool isThere = _items.TryPop(out item);
            Volatile.Write(ref _count, _items.Count);
            return isThere;
        }
    }
}
