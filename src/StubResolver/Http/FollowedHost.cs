using System.Net;
using System.Net.Sockets;
using StubResolver.Diagnostics;
using StubResolver.Resolution;

namespace StubResolver;

/// <summary>One host of a <see cref="DnsFollowingHandler"/>: its handler, what that is connected to, and when it is replaced. Thread-safe.</summary>
/// <remarks>Handlers are made by the request that needs one, so that what createHandler throws reaches a caller.</remarks>
internal sealed class FollowedHost : IDisposable
{
    private readonly FollowedHostServices _services;
    private readonly Lock _making = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, FollowedName> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly ITimer _holdOver;
    private HandlerGeneration? _current;
    private long? _replacedAt;
    private TimeSpan _hold;
    private int _answers;
    private int _requests;
    private long _usedAt;
    private bool _isClosed;

    public FollowedHost(FollowedHostServices services)
    {
        _services = services;
        _usedAt = services.Time.GetTimestamp();
        _holdOver = UnflowedTimer.Create(services.Time, services.Logger, ReplaceIfNeeded);
    }

    /// <summary>Gets how long there was no request.</summary>
    public TimeSpan Unused => Volatile.Read(ref _requests) > 0 ? TimeSpan.Zero : _services.Time.GetElapsedTime(Volatile.Read(ref _usedAt));

    /// <summary>Begins a request; <see langword="false"/> where the host was dropped meanwhile.</summary>
    public bool TryEnter(out HandlerLease lease)
    {
        if (TryEnter(made: null, out lease, out bool isClosed) || isClosed)
        {
            return !isClosed;
        }

        // createHandler is somebody else's code: answers, connects and the sweep go on meanwhile, other requests of the host wait.
        lock (_making)
        {
            if (TryEnter(made: null, out lease, out isClosed) || isClosed)
            {
                return !isClosed;
            }

            HandlerGeneration made = new(_services.CreateHandler(), _services.Connector, ConnectAsync);
            if (!TryEnter(made, out lease, out _))
            {
                made.Exit();
                return false;
            }

            return true;
        }
    }

    /// <summary>Ends a request.</summary>
    public void Leave()
    {
        Volatile.Write(ref _usedAt, _services.Time.GetTimestamp());
        Interlocked.Decrement(ref _requests);
    }

    /// <summary>Ends the watches of names that no connection is open to.</summary>
    public void EndIdleWatches()
    {
        List<FollowedName> idle;
        lock (_lock)
        {
            idle = [.. _names.Values.Where(name => _current?.FindOpen(name.Owns) is null)];
            idle.ForEach(name => _names.Remove(name.Name));
        }

        idle.ForEach(name => name.Dispose());
    }

    public void Dispose()
    {
        HandlerGeneration? last;
        List<FollowedName> names;
        lock (_lock)
        {
            _isClosed = true;
            (last, _current) = (_current, null);
            names = [.. _names.Values];
            _names.Clear();
        }

        _holdOver.Dispose();
        names.ForEach(name => name.Dispose());
        last?.Exit();
    }

    private bool TryEnter(HandlerGeneration? made, out HandlerLease lease, out bool isClosed)
    {
        lock (_lock)
        {
            isClosed = _isClosed;
            _current = isClosed ? null : _current ?? made;
            lease = default;
            if (_current is null)
            {
                return false;
            }

            _current.Enter();
            Interlocked.Increment(ref _requests);
            lease = new HandlerLease(this, _current);
            return true;
        }
    }

    private async ValueTask<Stream> ConnectAsync(HandlerGeneration generation, DnsEndPoint endPoint, CancellationToken cancellationToken)
    {
        int startedAt = Volatile.Read(ref _answers);
        Socket socket = await generation.Connector.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
        if (AddressLiteral.TryParse(endPoint.Host, out _))
        {
            return new NetworkStream(socket, ownsSocket: true);
        }

        Stream? stream = null;
        try
        {
            IPAddress address = FollowedName.ToComparable(((IPEndPoint)socket.RemoteEndPoint!).Address);
            OpenConnection connection = new(endPoint.Host, address, startedAt);
            stream = generation.Track(socket, connection);
            Follow(generation, connection);
            return stream;
        }
        catch
        {
            socket.Dispose();
            stream?.Dispose();
            throw;
        }
    }

    private void Follow(HandlerGeneration generation, OpenConnection connection)
    {
        FollowedName? known = null;
        FollowedName? added = null;
        bool hasLeft;
        lock (_lock)
        {
            hasLeft = HasLeft(connection);
            if (generation == _current && (!_names.TryGetValue(connection.Name, out known) || known.IsNewTo(connection)))
            {
                _names[connection.Name] = added = new FollowedName(connection.Name);
            }
        }

        if (added is not null)
        {
            known?.Dispose();
            Watch(added);
        }
        else if (hasLeft)
        {
            ReplaceIfNeeded();
        }
    }

    private void Watch(FollowedName name)
    {
        try
        {
            name.Start(_services.Resolver, answer => OnChanged(name, answer));
        }
        catch
        {
            lock (_lock)
            {
                _names.Remove(name.Name);
            }

            throw;
        }
    }

    private void OnChanged(FollowedName name, DnsAnswer<DnsAddressRecord> answer)
    {
        lock (_lock)
        {
            name.Update(answer, ++_answers);
        }

        ReplaceIfNeeded();
    }

    private void ReplaceIfNeeded()
    {
        HandlerGeneration? old = null;
        OpenConnection? left;
        TimeSpan wait;
        lock (_lock)
        {
            left = _isClosed ? null : _current?.FindOpen(HasLeft);
            if (left is null)
            {
                return;
            }

            (wait, TimeSpan nextHold) = ReplacementSchedule.Next(_replacedAt is { } at ? _services.Time.GetElapsedTime(at) : null, _hold);
            if (wait > TimeSpan.Zero)
            {
                _holdOver.Change(wait, Timeout.InfiniteTimeSpan);
            }
            else
            {
                (old, _current, _hold, _replacedAt) = (_current, null, nextHold, _services.Time.GetTimestamp());
            }
        }

        Retire(old, left, wait);
    }

    private void Retire(HandlerGeneration? old, OpenConnection left, TimeSpan wait)
    {
        if (old is null)
        {
            ResolverLog.ReplacementHeld(_services.Logger, left.Name, left.Address, wait.TotalMilliseconds);
            return;
        }

        ResolverLog.HandlerReplaced(_services.Logger, left.Name, left.Address);
        old.Exit();
    }

    private bool HasLeft(OpenConnection connection) => _names.TryGetValue(connection.Name, out FollowedName? name) && name.HasLeft(connection);
}
