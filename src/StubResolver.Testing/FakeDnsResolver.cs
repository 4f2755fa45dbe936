using System.Net;
using System.Net.Sockets;
using StubResolver.Testing.Fakes;

namespace StubResolver.Testing;

/// <summary>A resolver without sockets, for tests of code that takes an <see cref="IDnsResolver"/>.</summary>
/// <remarks>
/// <para>Thread-safe. Names compare without case and trailing dot, international ones in their "xn--" form. It knows what it was told and nothing else: IP literals answer themselves, CNAME
/// records are followed, any other name does not exist. Every call completes synchronously; answers never expire.</para>
/// </remarks>
/// <example>
/// <code>
/// FakeDnsResolver resolver = new FakeDnsResolver()
///     .AddAddress("db.example", IPAddress.Parse("192.0.2.1"))
///     .Fail("down.example", DnsError.Timeout);
/// Repository repository = new(resolver);
///
/// resolver.Change("db.example", IPAddress.Parse("192.0.2.2"));   // fails over, and watches are called
///
/// await repository.LoadAsync();
/// Assert.Equal(1, resolver.CallCount("db.example"));
/// </code>
/// </example>
public sealed partial class FakeDnsResolver : IDnsResolver
{
    private static readonly TimeSpan s_ttl = TimeSpan.FromSeconds(300);

    private readonly Lock _lock = new();
    private readonly FakeNames _names = new();
    private readonly Dictionary<string, int> _calls = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<FakeWatch> _watches = [];
    private readonly List<Exception> _watchErrors = [];

    /// <summary>Gets what the callbacks of watches threw, in order; a copy.</summary>
    public IReadOnlyList<Exception> WatchErrors
    {
        get
        {
            lock (_lock)
            {
                return [.. _watchErrors];
            }
        }
    }

    /// <summary>Adds addresses to a name; it no longer fails.</summary>
    /// <param name="name">The name.</param>
    /// <param name="addresses">The addresses, of either family; answers keep their order.</param>
    /// <returns>The resolver.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public FakeDnsResolver AddAddress(string name, params IPAddress[] addresses)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(addresses);
        return Update(() => _names.Add(name, ToRecords(name, addresses)));
    }

    /// <summary>Adds a record to its name; the name no longer fails.</summary>
    /// <param name="record">The record.</param>
    /// <returns>The resolver.</returns>
    public FakeDnsResolver AddRecord(DnsRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return Update(() => _names.Add(record.Name, [record]));
    }

    /// <summary>Replaces the addresses of a name, calls the watches for which the set of addresses is a different one, and ends a failure.</summary>
    /// <param name="name">The name.</param>
    /// <param name="addresses">The new addresses; none leaves a name without addresses (<see cref="DnsError.NoData"/>).</param>
    /// <returns>The resolver.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public FakeDnsResolver Change(string name, params IPAddress[] addresses)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(addresses);
        return Update(() => _names.ReplaceAddresses(name, ToRecords(name, addresses)));
    }

    /// <summary>Lets all lookups of a name fail, until it is given records again; those it has come back then.</summary>
    /// <param name="name">The name.</param>
    /// <param name="error">Why; <see cref="QueryAsync"/> reports <see cref="DnsError.NameNotFound"/> and <see cref="DnsError.NoData"/> as answers.</param>
    /// <returns>The resolver.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public FakeDnsResolver Fail(string name, DnsError error)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Update(() => _names.Fail(name, error));
    }

    /// <summary>Returns how often a name was looked up, with any method but <see cref="Watch"/> and <see cref="KeepFresh"/>.</summary>
    /// <param name="name">The name.</param>
    public int CallCount(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        lock (_lock)
        {
            return _calls.GetValueOrDefault(FakeNames.Key(name));
        }
    }

    /// <inheritdoc/>
    public ValueTask<DnsAnswer<DnsAddressRecord>> ResolveAddressesAsync(
        string name, AddressFamily addressFamily = AddressFamily.Unspecified, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ThrowIfUndefined(addressFamily);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<DnsAnswer<DnsAddressRecord>>(cancellationToken);
        }

        FakeOutcome outcome;
        lock (_lock)
        {
            Count(name);
            outcome = _names.FindAddresses(name, addressFamily);
        }

        return outcome.Error is null
            ? ValueTask.FromResult(outcome.ToAnswer<DnsAddressRecord>(name))
            : ValueTask.FromException<DnsAnswer<DnsAddressRecord>>(outcome.ToException(name));
    }

    /// <inheritdoc/>
    public ValueTask<DnsAnswer<DnsRecord>> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<DnsAnswer<DnsRecord>>(cancellationToken);
        }

        FakeOutcome outcome;
        lock (_lock)
        {
            Count(name);
            outcome = _names.Find(name, type);
        }

        return outcome.Error is null or DnsError.NameNotFound or DnsError.NoData
            ? ValueTask.FromResult(outcome.ToAnswer<DnsRecord>(name))
            : ValueTask.FromException<DnsAnswer<DnsRecord>>(outcome.ToException(name));
    }

    /// <inheritdoc/>
    public IDisposable Watch(string name, AddressFamily addressFamily, Action<DnsAnswer<DnsAddressRecord>> changed)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ThrowIfUndefined(addressFamily);
        ArgumentNullException.ThrowIfNull(changed);
        return Start(new FakeWatch(name, addressFamily, changed, failed: null, AddWatchError, EndWatch));
    }

    /// <summary>Does what <see cref="Watch"/> does, and tells when a name begins to fail, also with another error.</summary>
    /// <inheritdoc cref="IDnsResolver.KeepFresh"/>
    public IDisposable KeepFresh(
        string name, AddressFamily addressFamily, Action<DnsAnswer<DnsAddressRecord>> changed, Action<DnsException>? failed = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ThrowIfUndefined(addressFamily);
        ArgumentNullException.ThrowIfNull(changed);
        return Start(new FakeWatch(name, addressFamily, changed, failed, AddWatchError, EndWatch));
    }

    private FakeWatch Start(FakeWatch watch)
    {
        lock (_lock)
        {
            _watches.Add(watch);
            watch.Publish(_names.FindAddresses(watch.Name, watch.AddressFamily));
        }

        return watch;
    }

    private static IEnumerable<DnsRecord> ToRecords(string name, IPAddress[] addresses) =>
        [.. addresses.Select(address => new DnsAddressRecord(name, s_ttl, address))];

    private static void ThrowIfUndefined(AddressFamily addressFamily)
    {
        if (addressFamily is not (AddressFamily.Unspecified or AddressFamily.InterNetwork or AddressFamily.InterNetworkV6))
        {
            throw new ArgumentException($"The address family {addressFamily} has no addresses in DNS.", nameof(addressFamily));
        }
    }

    private FakeDnsResolver Update(Action update)
    {
        lock (_lock)
        {
            update();
            foreach (FakeWatch watch in _watches)
            {
                watch.Publish(_names.FindAddresses(watch.Name, watch.AddressFamily));
            }
        }

        return this;
    }

    private void Count(string name)
    {
        string key = FakeNames.Key(name);
        _calls[key] = _calls.GetValueOrDefault(key) + 1;
    }

    private void EndWatch(FakeWatch watch)
    {
        lock (_lock)
        {
            _watches.Remove(watch);
        }
    }

    private void AddWatchError(Exception exception)
    {
        lock (_lock)
        {
            _watchErrors.Add(exception);
        }
    }
}
