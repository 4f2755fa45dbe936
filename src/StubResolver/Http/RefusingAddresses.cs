using System.Net;

namespace StubResolver;

/// <summary>Remembers for 30 seconds which addresses and ports could not be connected to. Thread-safe; at most 1,024 entries.</summary>
internal sealed class RefusingAddresses(TimeProvider time)
{
    private const int Capacity = 1024;

    private static readonly TimeSpan s_life = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<(IPAddress Address, int Port), long> _since = [];
    private volatile bool _isEmpty = true;

    /// <summary>Gets a value indicating whether nothing is remembered, without taking the lock.</summary>
    public bool IsEmpty => _isEmpty;

    public bool Contains(IPAddress address, int port)
    {
        if (_isEmpty)
        {
            return false;
        }

        lock (_lock)
        {
            return _since.TryGetValue((address, port), out long since) && !RemoveIfOver((address, port), since);
        }
    }

    /// <summary>Remembers an address; when there is no room, the ones that are over go first, and then it is not remembered.</summary>
    public void Add(IPEndPoint endPoint)
    {
        lock (_lock)
        {
            if (_since.Count >= Capacity)
            {
                foreach (KeyValuePair<(IPAddress, int), long> entry in _since)
                {
                    RemoveIfOver(entry.Key, entry.Value);
                }
            }

            if (_since.Count < Capacity || _since.ContainsKey((endPoint.Address, endPoint.Port)))
            {
                _since[(endPoint.Address, endPoint.Port)] = time.GetTimestamp();
                _isEmpty = false;
            }
        }
    }

    public void Remove(IPEndPoint endPoint)
    {
        if (_isEmpty)
        {
            return;
        }

        lock (_lock)
        {
            _since.Remove((endPoint.Address, endPoint.Port));
            _isEmpty = _since.Count == 0;
        }
    }

    private bool RemoveIfOver((IPAddress Address, int Port) key, long since)
    {
        if (time.GetElapsedTime(since) < s_life)
        {
            return false;
        }

        _since.Remove(key);
        _isEmpty = _since.Count == 0;
        return true;
    }
}
