using System.Runtime.InteropServices;

namespace StubResolver;

/// <summary>Counts the connects of each host, so that equal addresses take turns. Thread-safe; at most 1,024 hosts.</summary>
/// <param name="start">The first turn of every host: by chance, or all new processes would begin at the same address.</param>
internal sealed class HostTurns(uint start)
{
    private const int Capacity = 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, uint> _turns = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the turn of a host's next connect. Each host has turns of its own: shared ones would fall in step with alternating hosts.</summary>
    public uint Next(string host)
    {
        lock (_lock)
        {
            if (_turns.Count >= Capacity && !_turns.ContainsKey(host))
            {
                _turns.Clear();
            }

            ref uint turns = ref CollectionsMarshal.GetValueRefOrAddDefault(_turns, host, out _);
            return unchecked(start + turns++);
        }
    }
}
