using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using StubResolver.Resolution;

namespace StubResolver;

/// <summary>Resolves names over DNS queries of its own: a stub resolver (RFC 9499 §6) with a cache.</summary>
/// <remarks>
/// <para>Thread-safe. Create one and share it: it owns the cache and the connections to the servers.</para>
/// <para>
/// <c>Resolve…</c> methods return at least one usable record or throw a <see cref="DnsException"/>; <c>Query…</c> reports what DNS said, a name that
/// does not exist included. All are asynchronous and throw for bad arguments before anything is sent.
/// </para>
/// <para>
/// .NET 11 has types of the same name in System.Net; a file that uses both needs <c>using DnsResolver = StubResolver.DnsResolver;</c>.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// await using DnsResolver resolver = new();
/// DnsAnswer&lt;DnsAddressRecord&gt; answer = await resolver.ResolveAddressesAsync("service.example");
/// foreach (DnsAddressRecord record in answer.Records)
/// {
///     Console.WriteLine(record);
/// }
/// </code>
/// </example>
public sealed class DnsResolver : IDnsResolver, IAsyncDisposable, IDisposable
{
    /// <summary>What the resolver logs with; connectors do, too.</summary>
    internal readonly ILoggerFactory? LoggerFactory;

    private readonly LookupPipeline _pipeline;

    /// <summary>Creates a resolver that asks the servers the system is configured with.</summary>
    public DnsResolver()
        : this(new DnsResolverOptions())
    {
    }

    /// <summary>Creates a resolver.</summary>
    /// <param name="options">The settings; a snapshot is taken.</param>
    /// <exception cref="ArgumentException">Settings are wrong; the message lists all of them.</exception>
    public DnsResolver(DnsResolverOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        IReadOnlyList<string> errors = options.GetErrors();
        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, errors), nameof(options));
        }

        LoggerFactory = options.LoggerFactory;
        _pipeline = LookupPipeline.Create(options);
    }

    internal DnsResolver(LookupPipeline pipeline) => _pipeline = pipeline;

    internal LookupPipeline Pipeline => _pipeline;

    /// <summary>Resolves the addresses of a name, of either family.</summary>
    /// <inheritdoc cref="ResolveAddressesAsync(string, AddressFamily, CancellationToken)"/>
    public ValueTask<DnsAnswer<DnsAddressRecord>> ResolveAddressesAsync(string name, CancellationToken cancellationToken) =>
        ResolveAddressesAsync(name, AddressFamily.Unspecified, cancellationToken);

    /// <summary>Resolves the addresses of a name: IP literals, the hosts file, special names, the search list, then AAAA and A.</summary>
    /// <param name="name">The name or IP literal; a trailing dot makes it fully qualified.</param>
    /// <param name="addressFamily">
    /// The family wanted: <see cref="AddressFamily.InterNetwork"/>, <see cref="AddressFamily.InterNetworkV6"/>, or either of them by default.
    /// </param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>At least one address, ordered by RFC 6724.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not a domain name, or the family is undefined; nothing was sent.</exception>
    /// <exception cref="DnsException">No address was found.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the exception carries that token.</exception>
    /// <exception cref="ObjectDisposedException">The resolver is, or was meanwhile, disposed.</exception>
    public ValueTask<DnsAnswer<DnsAddressRecord>> ResolveAddressesAsync(
        string name, AddressFamily addressFamily = AddressFamily.Unspecified, CancellationToken cancellationToken = default) =>
        _pipeline.ResolveAddressesAsync(name, addressFamily, cancellationToken);

    /// <summary>Resolves the services of a name, ordered by priority and then shuffled by weight, anew for each call (RFC 2782).</summary>
    /// <param name="name">The name, as in "_imaps._tcp.example".</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <remarks>
    /// Records whose target is not a valid host name (RFC 1123 §2.1; underscores are allowed) are left out. If none remains, the lookup fails with
    /// <see cref="DnsError.MalformedResponse"/>. <see cref="QueryAsync"/> returns all records.
    /// </remarks>
    /// <inheritdoc cref="ResolveTxtAsync"/>
    public ValueTask<DnsAnswer<DnsSrvRecord>> ResolveSrvAsync(string name, CancellationToken cancellationToken = default) =>
        _pipeline.ResolveSrvAsync(name, cancellationToken);

    /// <summary>Resolves the mail exchanges of a domain, ordered by preference.</summary>
    /// <remarks>
    /// Records whose target is not a valid host name (RFC 1123 §2.1; underscores are allowed) are left out. If none remains, the lookup fails with
    /// <see cref="DnsError.MalformedResponse"/>. <see cref="QueryAsync"/> returns all records.
    /// </remarks>
    /// <inheritdoc cref="ResolveTxtAsync"/>
    public ValueTask<DnsAnswer<DnsMxRecord>> ResolveMxAsync(string name, CancellationToken cancellationToken = default) =>
        _pipeline.ResolveMxAsync(name, cancellationToken);

    /// <summary>Resolves the text records of a name.</summary>
    /// <param name="name">The name; the search list applies, a trailing dot makes it fully qualified.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>At least one record.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not a domain name; nothing was sent.</exception>
    /// <exception cref="DnsException">No record was found.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the exception carries that token.</exception>
    /// <exception cref="ObjectDisposedException">The resolver is, or was meanwhile, disposed.</exception>
    public ValueTask<DnsAnswer<DnsTxtRecord>> ResolveTxtAsync(string name, CancellationToken cancellationToken = default) =>
        _pipeline.ResolveAsync<DnsTxtRecord>(name, DnsRecordType.Txt, cancellationToken);

    /// <summary>Resolves the canonical name of an alias; it is not followed any further.</summary>
    /// <inheritdoc cref="ResolveTxtAsync"/>
    public ValueTask<DnsAnswer<DnsCNameRecord>> ResolveCNameAsync(string name, CancellationToken cancellationToken = default) =>
        _pipeline.ResolveAsync<DnsCNameRecord>(name, DnsRecordType.CName, cancellationToken);

    /// <summary>Resolves the name servers of a zone.</summary>
    /// <remarks>
    /// Records whose target is not a valid host name (RFC 1123 §2.1; underscores are allowed) are left out. If none remains, the lookup fails with
    /// <see cref="DnsError.MalformedResponse"/>. <see cref="QueryAsync"/> returns all records.
    /// </remarks>
    /// <inheritdoc cref="ResolveTxtAsync"/>
    public ValueTask<DnsAnswer<DnsNsRecord>> ResolveNsAsync(string name, CancellationToken cancellationToken = default) =>
        _pipeline.ResolveAsync<DnsNsRecord>(name, DnsRecordType.Ns, cancellationToken);

    /// <summary>Resolves the start of authority of a zone.</summary>
    /// <inheritdoc cref="ResolveTxtAsync"/>
    public ValueTask<DnsAnswer<DnsSoaRecord>> ResolveSoaAsync(string name, CancellationToken cancellationToken = default) =>
        _pipeline.ResolveAsync<DnsSoaRecord>(name, DnsRecordType.Soa, cancellationToken);

    /// <summary>Resolves the names of an address by its reverse name (RFC 1035 §3.5, RFC 3596 §2.5); the hosts file is asked first.</summary>
    /// <param name="address">The address; an IPv4-mapped one counts as IPv4.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <remarks>
    /// Records whose target is not a valid host name (RFC 1123 §2.1; underscores are allowed) are left out. If none remains, the lookup fails with
    /// <see cref="DnsError.MalformedResponse"/>. <see cref="QueryAsync"/> returns all records.
    /// </remarks>
    /// <inheritdoc cref="ResolveTxtAsync"/>
    [SuppressMessage("ApiDesign", "RS0026", Justification = "The overloads differ in the type of a required parameter.")]
    public ValueTask<DnsAnswer<DnsPtrRecord>> ResolvePtrAsync(IPAddress address, CancellationToken cancellationToken = default) =>
        _pipeline.ResolvePtrAsync(address, cancellationToken);

    /// <summary>Resolves the pointers of a name, as of a DNS-SD service (RFC 6763) or a reverse name.</summary>
    /// <remarks>The targets hold whatever the server sent, escaped (RFC 1035 §5.1): a stranger's text.</remarks>
    /// <inheritdoc cref="ResolveTxtAsync"/>
    [SuppressMessage("ApiDesign", "RS0026", Justification = "The overloads differ in the type of a required parameter.")]
    public ValueTask<DnsAnswer<DnsPtrRecord>> ResolvePtrAsync(string name, CancellationToken cancellationToken = default) =>
        _pipeline.ResolveAsync<DnsPtrRecord>(name, DnsRecordType.Ptr, cancellationToken);

    /// <summary>Asks for the records of one type of a fully qualified name, and reports what DNS said.</summary>
    /// <param name="name">The fully qualified name, with or without a trailing dot; neither hosts file nor search list apply.</param>
    /// <param name="type">The type, any number from 1 to 65,535 but OPT, TKEY, TSIG, IXFR and AXFR; types without a class of their own come as <see cref="DnsUnknownRecord"/>.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>The answer; empty, with its response code, where the name or the type does not exist.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not a domain name, or the type cannot be asked for; nothing was sent.</exception>
    /// <exception cref="DnsException">No usable response came.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the exception carries that token.</exception>
    /// <exception cref="ObjectDisposedException">The resolver is, or was meanwhile, disposed.</exception>
    public ValueTask<DnsAnswer<DnsRecord>> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default) =>
        _pipeline.QueryAsync(name, type, cancellationToken);

    /// <summary>Keeps a name resolved and tells when the set of its addresses changes.</summary>
    /// <param name="name">The name or IP literal.</param>
    /// <param name="addressFamily">The family wanted; <see cref="AddressFamily.Unspecified"/> for either.</param>
    /// <param name="changed">
    /// Gets the first answer, then each answer with a different set of addresses; never two at a time, on the thread pool, without the caller's
    /// execution context. Its exceptions are logged. Failures and stale answers never reach it; where one address family failed, the answer has what
    /// the other one said and what this one said last.
    /// </param>
    /// <returns>
    /// Ends the watch when disposed, also inside the callback; no new call starts after that, and one that has started is not waited for. Disposing the
    /// resolver ends all watches.
    /// </returns>
    /// <remarks>Its lookups are measured like others, and are no activities: nobody's request is behind them.</remarks>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not a domain name, or the family is undefined.</exception>
    /// <exception cref="ObjectDisposedException">The resolver is disposed.</exception>
    public IDisposable Watch(string name, AddressFamily addressFamily, Action<DnsAnswer<DnsAddressRecord>> changed) =>
        _pipeline.Watch(name, addressFamily, new WatchCallbacks(changed), isBackground: false);

    /// <summary>Resolves a name now and each time its answer has ended, behind everybody's back: for names that will be needed, as at the start of a program.</summary>
    /// <param name="name">The name or IP literal.</param>
    /// <param name="addressFamily">The family wanted; <see cref="AddressFamily.Unspecified"/> for either.</param>
    /// <param name="changed">As for <see cref="Watch"/>.</param>
    /// <param name="failed">
    /// Gets each failure, as <paramref name="changed"/> gets answers; the next try follows after 5 seconds (30 where the operating system resolves).
    /// </param>
    /// <returns>Ends it when disposed, as for <see cref="Watch"/>.</returns>
    /// <remarks>
    /// A watch whose queries give way: they leave only while fewer than <see cref="DnsResolverOptions.MaxConcurrentQueries"/> questions are in flight
    /// and nobody else waits for his turn. Who asks for the name meanwhile is not held up by that.
    /// </remarks>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not a domain name, or the family is undefined.</exception>
    /// <exception cref="ObjectDisposedException">The resolver is disposed.</exception>
    public IDisposable KeepFresh(
        string name, AddressFamily addressFamily, Action<DnsAnswer<DnsAddressRecord>> changed, Action<DnsException>? failed = null) =>
        _pipeline.Watch(name, addressFamily, new WatchCallbacks(changed, failed), isBackground: true);

    /// <summary>Forgets all answers and failures; queries in flight do not bring them back.</summary>
    public void ClearCache() => _pipeline.ClearCache();

    /// <summary>Forgets the answers and failures of one name; queries in flight do not bring them back.</summary>
    /// <param name="name">The name.</param>
    public void ClearCache(string name) => _pipeline.ClearCache(name);

    /// <summary>Ends all lookups with <see cref="ObjectDisposedException"/>, and all watches and connections. More than once is fine.</summary>
    public void Dispose() => _pipeline.Dispose();

    /// <summary>Does what <see cref="Dispose"/> does, and waits until all sockets are closed.</summary>
    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();
}
