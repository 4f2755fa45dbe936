using System.Collections.Concurrent;

namespace StubResolver;

/// <summary>The hosts of a <see cref="DnsFollowingHandler"/>; drops those that are not used. Thread-safe.</summary>
internal sealed class FollowedHosts : IDisposable
{
    /// <summary>The most hosts that are kept.</summary>
    public const int Capacity = 1000;

    private static readonly TimeSpan s_maxUnused = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_sweepPeriod = TimeSpan.FromMinutes(1);

    private readonly FollowedHostServices _services;
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, FollowedHost> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ITimer _sweeper;
    private volatile bool _isDisposed;

    public FollowedHosts(FollowedHostServices services)
    {
        _services = services;
        _sweeper = UnflowedTimer.Create(services.Time, services.Logger, Sweep);
    }

    /// <summary>Begins a request to a host.</summary>
    /// <exception cref="ObjectDisposedException">The handler is disposed.</exception>
    public HandlerLease Enter(string name)
    {
        while (true)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(DnsFollowingHandler));
            FollowedHost host = _hosts.TryGetValue(name, out FollowedHost? known) ? known : Add(name);
            if (host.TryEnter(out HandlerLease lease))
            {
                return lease;
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            foreach (string name in _hosts.Keys)
            {
                Drop(name);
            }
        }

        _sweeper.Dispose();
    }

    private FollowedHost Add(string name)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(DnsFollowingHandler));
            if (_hosts.TryGetValue(name, out FollowedHost? known))
            {
                return known;
            }

            if (_hosts.IsEmpty)
            {
                _sweeper.Change(s_sweepPeriod, s_sweepPeriod);
            }
            else if (_hosts.Count >= Capacity)
            {
                Drop(_hosts.MaxBy(entry => entry.Value.Unused).Key);
            }

            return _hosts[name] = new FollowedHost(_services);
        }
    }

    private void Sweep()
    {
        lock (_lock)
        {
            foreach ((string name, FollowedHost host) in _hosts)
            {
                if (host.Unused >= s_maxUnused)
                {
                    Drop(name);
                }
                else
                {
                    host.EndIdleWatches();
                }
            }

            if (_hosts.IsEmpty && !_isDisposed)
            {
                _sweeper.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan); // a running timer would keep a forgotten handler in memory
            }
        }
    }

    // Out of the dictionary first: who finds a closed host looks again.
    private void Drop(string name)
    {
        if (_hosts.TryRemove(name, out FollowedHost? host))
        {
            host.Dispose();
        }
    }
}
