using System.Diagnostics.CodeAnalysis;

namespace StubResolver.Transport;

/// <summary>Objects that wait to be used again, the last one first: it is the likeliest to be in the processor's cache. Thread-safe.</summary>
internal sealed class IdleStack<T>
    where T : class
{
    private const int UsualCount = 32;

    private readonly Lock _gate = new();
    private T?[] _items = new T?[UsualCount]; // made last: it keeps this stack's lines apart from the next one's
    private int _count; // written under the gate, read without

    public int Count => Volatile.Read(ref _count);

    /// <summary>Keeps an object; false where there are as many already.</summary>
    public bool TryPush(T item, int capacity)
    {
        lock (_gate)
        {
            if (_count >= capacity)
            {
                return false;
            }

            if (_count == _items.Length)
            {
                Array.Resize(ref _items, _count * 2);
            }

            _items[_count] = item;
            Volatile.Write(ref _count, _count + 1);
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
            if (_count == 0)
            {
                return false;
            }

            int last = _count - 1;
            item = _items[last]!;
            _items[last] = null;
            Volatile.Write(ref _count, last);
            return true;
        }
    }
}
