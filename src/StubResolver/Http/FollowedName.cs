using System.Net;
using System.Net.Sockets;

namespace StubResolver;

/// <summary>A name that a host has connections to: its watch, and the answer it brought last.</summary>
/// <remarks><see cref="Start"/> and <see cref="Dispose"/> are thread-safe, the rest is not.</remarks>
internal sealed class FollowedName(string name) : IDisposable
{
    private readonly Lock _lock = new();
    private HashSet<IPAddress>? _addresses;
    private bool _isPartial;
    private int _answeredAt;
    private IDisposable? _watch;
    private bool _isDisposed;

    /// <summary>Gets the form in which addresses of answers and of connections compare: without zone, and IPv4 where it is IPv4-mapped.</summary>
    public static IPAddress ToComparable(IPAddress address)
    {
        IPAddress normal = ConnectionOrder.Normalize(address);
        return normal.AddressFamily == AddressFamily.InterNetworkV6 && normal.ScopeId != 0 ? new IPAddress(normal.GetAddressBytes()) : normal;
    }

    public string Name => name;

    /// <summary>Begins to watch the name.</summary>
    public void Start(IDnsResolver resolver, Action<DnsAnswer<DnsAddressRecord>> changed)
    {
        IDisposable watch = resolver.Watch(name, AddressFamily.Unspecified, changed);
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _watch = watch;
                return;
            }
        }

        watch.Dispose();
    }

    public void Update(DnsAnswer<DnsAddressRecord> answer, int answeredAt)
    {
        _addresses = [.. answer.Records.Select(record => ToComparable(record.Address))];
        _isPartial = answer.PartialFailure is not null;
        _answeredAt = answeredAt;
    }

    /// <summary>Returns whether a connection was made to this name.</summary>
    public bool Owns(OpenConnection connection) => string.Equals(connection.Name, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns whether a connection leads to an address that an answer has left out which came after the connect began.</summary>
    /// <remarks>An older answer says nothing about it: the connect saw a newer one, or another part of a set that rotates.</remarks>
    public bool HasLeft(OpenConnection connection) =>
        _answeredAt > connection.StartedAt && IsLeftOut(connection.Address);

    /// <summary>Returns whether a connection leads to an address that is not in the answer, which is the older of the two.</summary>
    /// <remarks>
    /// A watch tells of other sets only. Where servers disagree, or the answer lived shorter than the watch takes to look again, it never would of
    /// this one; a new watch begins with an answer, which decides.
    /// </remarks>
    public bool IsNewTo(OpenConnection connection) =>
        _answeredAt <= connection.StartedAt && IsLeftOut(connection.Address);

    public void Dispose()
    {
        IDisposable? watch;
        lock (_lock)
        {
            _isDisposed = true;
            watch = _watch;
        }

        watch?.Dispose();
    }

    // A partial answer without a family says nothing about it: that family has failed ever since.
    private bool IsLeftOut(IPAddress address) => _addresses is not null && !_addresses.Contains(address)
        && (!_isPartial || _addresses.Any(known => known.AddressFamily == address.AddressFamily));
}
