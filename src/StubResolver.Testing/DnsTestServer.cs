using System.Net;
using StubResolver.Testing.Network;

namespace StubResolver.Testing;

/// <summary>A DNS server for tests, over UDP and TCP on one port of the loopback: a zone in a few lines, and scripts for what goes wrong.</summary>
/// <remarks>
/// <para>
/// Thread-safe; zone and scripts may be changed while it runs. It answers as a recursive server that knows no records but those of its zone:
/// it follows CNAME and DNAME, answers NXDOMAIN for names without records of their own and NODATA for types a name does not have, both with
/// an SOA record, and truncates what is larger than the client takes over UDP.
/// </para>
/// <para>
/// What is not a DNS query is answered with FORMERR and not recorded. An exception in a script becomes SERVFAIL with an extended error that
/// tells it, and is thrown again by <see cref="DisposeAsync"/>.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// await using DnsTestServer server = DnsTestServer.Start()
///     .AddAddress("db.example", "192.0.2.1")
///     .AddCName("www.example", "db.example")
///     .On("slow.example", (query, response) =&gt; response.AddAddress("192.0.2.2").Delay(TimeSpan.FromSeconds(2)))
///     .On("flaky.example", DnsRecordType.A, (query, response) =&gt;
///     {
///         if (query.Attempt == 1)
///         {
///             response.Drop();
///         }
///     });
/// await using DnsResolver resolver = new(new DnsResolverOptions { Servers = { server.EndPoint } });
///
/// await resolver.ResolveAddressesAsync("www.example");
///
/// Assert.Equal([DnsRecordType.Aaaa, DnsRecordType.A], server.Queries.Select(query =&gt; query.Type));
/// </code>
/// </example>
public sealed class DnsTestServer : IAsyncDisposable
{
    internal static readonly TimeSpan DefaultTtl = TimeSpan.FromSeconds(300);

    private readonly TestZone _zone = new();
    private readonly ScriptBook _scripts = new();
    private readonly BackgroundWork _work = new();
    private readonly TrafficLog _log;
    private readonly SocketPair _sockets;
    private readonly IPEndPoint _endPoint;
    private int _disposed;

    private DnsTestServer(SocketPair sockets, TimeProvider timeProvider)
    {
        _sockets = sockets;
        _endPoint = (IPEndPoint)sockets.Udp.LocalEndPoint!;
        _log = new TrafficLog(timeProvider);
        Responder responder = new(_zone, _scripts, _log, _work);
        _work.Start(new UdpService(sockets.Udp, responder, _work, timeProvider).RunAsync);
        _work.Start(new TcpService(sockets.Tcp, responder, _log, _work, timeProvider).RunAsync);
    }

    /// <summary>Gets the address and port of the server; a copy, since end points are mutable.</summary>
    public IPEndPoint EndPoint => new(_endPoint.Address, _endPoint.Port);

    /// <summary>Gets the queries that arrived so far, in order; a copy. A query is in it before it is answered.</summary>
    public IReadOnlyList<DnsTestQuery> Queries => _log.Snapshot();

    /// <summary>Gets how many TCP connections were accepted so far.</summary>
    public int ConnectionCount => _log.ConnectionCount;

    /// <summary>Gets how many TCP connections their clients have not closed yet.</summary>
    public int OpenConnectionCount => _log.OpenConnectionCount;

    /// <summary>Gets or sets the TTL and the MINIMUM of the SOA record in negative answers, where no name above has an SOA record of its own.</summary>
    /// <value>The default is 60 seconds. Not negative; from 2^32 seconds on, 2^32 - 1 is sent.</value>
    public TimeSpan NegativeTtl
    {
        get => _zone.NegativeTtl;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            _zone.NegativeTtl = value;
        }
    }

    /// <summary>Starts a server.</summary>
    /// <param name="endPoint">Where it listens; 127.0.0.1 by default. Port 0 takes one that is free for both UDP and TCP.</param>
    /// <param name="timeProvider">The clock of delays and of what is recorded; the system's by default.</param>
    /// <exception cref="System.Net.Sockets.SocketException">The port is taken, or the address is not one of this host.</exception>
    public static DnsTestServer Start(IPEndPoint? endPoint = null, TimeProvider? timeProvider = null) =>
        new(SocketPair.Bind(endPoint ?? new IPEndPoint(IPAddress.Loopback, 0)), timeProvider ?? TimeProvider.System);

    /// <summary>Adds an A or AAAA record to the zone.</summary>
    /// <param name="name">The owner name.</param>
    /// <param name="address">The IPv4 or IPv6 address.</param>
    /// <param name="ttl">The time to live; 300 s by default.</param>
    /// <returns>The server.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not a name of ASCII characters and escapes.</exception>
    /// <exception cref="FormatException"><paramref name="address"/> is not an address.</exception>
    public DnsTestServer AddAddress(string name, string address, TimeSpan? ttl = null) =>
        AddRecord(new DnsAddressRecord(name, ttl ?? DefaultTtl, IPAddress.Parse(address)));

    /// <summary>Adds a CNAME record to the zone.</summary>
    /// <param name="name">The owner name: the alias.</param>
    /// <param name="canonicalName">The name the alias leads to.</param>
    /// <param name="ttl">The time to live; 300 s by default.</param>
    /// <returns>The server.</returns>
    /// <exception cref="ArgumentException">A name is not one of ASCII characters and escapes.</exception>
    public DnsTestServer AddCName(string name, string canonicalName, TimeSpan? ttl = null) =>
        AddRecord(new DnsCNameRecord(name, ttl ?? DefaultTtl, canonicalName));

    /// <summary>Adds a record to the zone; the others stay.</summary>
    /// <param name="record">The record.</param>
    /// <returns>The server.</returns>
    /// <exception cref="ArgumentException">The record does not fit into the wire format.</exception>
    /// <exception cref="NotSupportedException">The server cannot encode the type; use a <see cref="DnsUnknownRecord"/>.</exception>
    public DnsTestServer AddRecord(DnsRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        _zone.Add(record);
        return this;
    }

    /// <summary>Removes all records of a name from the zone; scripts stay.</summary>
    /// <param name="name">The owner name.</param>
    /// <returns>The server.</returns>
    public DnsTestServer Remove(string name)
    {
        _zone.Remove(name);
        return this;
    }

    /// <summary>Removes all records from the zone; scripts stay.</summary>
    /// <returns>The server.</returns>
    public DnsTestServer ClearZone()
    {
        _zone.Clear();
        return this;
    }

    /// <summary>Scripts the replies to queries for a name and a type; an earlier script for them is replaced.</summary>
    /// <param name="name">The name; case is ignored.</param>
    /// <param name="type">The type.</param>
    /// <param name="respond">Changes the reply, which starts as the zone's answer. Called for each query, also concurrently.</param>
    /// <returns>The server.</returns>
    public DnsTestServer On(string name, DnsRecordType type, Action<DnsTestQuery, DnsTestResponse> respond)
    {
        ArgumentNullException.ThrowIfNull(respond);
        _scripts.Set(name, type, respond);
        return this;
    }

    /// <summary>Scripts the replies to queries for a name, of the types that have no script of their own.</summary>
    /// <param name="name">The name; case is ignored.</param>
    /// <param name="respond">Changes the reply, which starts as the zone's answer. Called for each query, also concurrently.</param>
    /// <returns>The server.</returns>
    public DnsTestServer On(string name, Action<DnsTestQuery, DnsTestResponse> respond)
    {
        ArgumentNullException.ThrowIfNull(respond);
        _scripts.Set(name, type: null, respond);
        return this;
    }

    /// <summary>Scripts the replies to all queries for names that have no script of their own.</summary>
    /// <param name="respond">Changes the reply, which starts as the zone's answer. Called for each query, also concurrently.</param>
    /// <returns>The server.</returns>
    public DnsTestServer OnAnyQuery(Action<DnsTestQuery, DnsTestResponse> respond)
    {
        ArgumentNullException.ThrowIfNull(respond);
        _scripts.SetAny(respond);
        return this;
    }

    /// <summary>Waits until queries have arrived.</summary>
    /// <param name="count">How many, since the start.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <inheritdoc cref="WaitForQueriesAsync(int, Func{DnsTestQuery, bool}?, CancellationToken)"/>
    public Task<IReadOnlyList<DnsTestQuery>> WaitForQueriesAsync(int count, CancellationToken cancellationToken) =>
        WaitForQueriesAsync(count, predicate: null, cancellationToken);

    /// <summary>Waits until queries of some kind have arrived.</summary>
    /// <param name="count">How many, since the start.</param>
    /// <param name="predicate">Which queries count; all by default.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The queries that count, in order; more than <paramref name="count"/> where more had arrived.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The server was disposed before they came.</exception>
    public async Task<IReadOnlyList<DnsTestQuery>> WaitForQueriesAsync(
        int count, Func<DnsTestQuery, bool>? predicate = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<DnsTestQuery> queries = [];
        await _log.WaitAsync(
            () =>
            {
                queries = [.. Queries.Where(query => predicate is null || predicate(query))];
                return queries.Count >= count;
            },
            cancellationToken).ConfigureAwait(false);
        return queries;
    }

    /// <summary>Waits until just so many TCP connections are open; 0 to see that a client closed all of its.</summary>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The server was disposed before.</exception>
    public Task WaitForOpenConnectionsAsync(int count, CancellationToken cancellationToken = default) =>
        _log.WaitAsync(() => OpenConnectionCount == count, cancellationToken);

    /// <summary>Stops the server, closes all of its sockets and waits until nothing of it runs any more. More than once is fine.</summary>
    /// <exception cref="Exception">What the first failing script threw, once everything is closed.</exception>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _work.StopAsync().ConfigureAwait(false);
            _work.Dispose();
            _sockets.Udp.Dispose();
            _sockets.Tcp.Dispose();
            _log.Close();
            _work.ThrowIfFailed();
        }
    }
}
