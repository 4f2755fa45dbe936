using System.Net;
using System.Net.Sockets;

namespace StubResolver.Resolution;

/// <summary>Address lookups by the operating system (getaddrinfo), inside the budget of a lookup. Thread-safe.</summary>
/// <param name="time">The clock.</param>
/// <param name="lookupTimeout">The budget of a lookup.</param>
/// <param name="query">Asks the system.</param>
internal sealed class SystemAddresses(
    TimeProvider time, TimeSpan lookupTimeout, Func<string, AddressFamily, CancellationToken, Task<IPAddress[]>> query) : IDisposable
{
    private readonly CancellationTokenSource _disposing = new();

    public SystemAddresses(TimeProvider time, TimeSpan lookupTimeout)
        : this(time, lookupTimeout, Dns.GetHostAddressesAsync)
    {
    }

    /// <summary>Resolves a name; the system does not tell how long its answer holds.</summary>
    public async ValueTask<DnsAnswer<DnsAddressRecord>> ResolveAsync(string name, AddressFamily family, CancellationToken cancellationToken)
    {
        QueryName.Normalize(name);
        cancellationToken.ThrowIfCancellationRequested();
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposing.Token);
        try
        {
            Task<IPAddress[]> asked = query(name, family, linked.Token);
            Observe(asked);
            IPAddress[] addresses = await asked.WaitAsync(lookupTimeout, time, linked.Token).ConfigureAwait(false);
            return addresses.Length == 0 ? throw new DnsException(DnsError.NoData, name) : CreateAnswer(name, addresses);
        }
        catch (SocketException e) when (e is not DnsException)
        {
            throw new DnsException(ToError(e.SocketErrorCode), name, $"The operating system could not resolve '{name}': {e.Message}.") { Cause = e };
        }
        catch (TimeoutException)
        {
            await linked.CancelAsync().ConfigureAwait(false); // nobody waits for it any more
            throw new DnsException(DnsError.Timeout, name, $"The operating system did not resolve '{name}' within {lookupTimeout.TotalSeconds:0.###} s.");
        }
        catch (OperationCanceledException) when (linked.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ObjectDisposedException.ThrowIf(_disposing.IsCancellationRequested, typeof(DnsResolver));
            throw;
        }
    }

    public void Dispose() => _disposing.Cancel();

    /// <summary>Returns what an error of the system's resolver means.</summary>
    public static DnsError ToError(SocketError error) => error switch
    {
        SocketError.HostNotFound => DnsError.NameNotFound,
        SocketError.NoData or SocketError.AddressFamilyNotSupported => DnsError.NoData,
        SocketError.TryAgain or SocketError.NoRecovery => DnsError.ServerFailure,
        SocketError.TimedOut => DnsError.Timeout,
        _ => DnsError.NetworkError,
    };

    // It may go on after everybody has left, and then fail.
    private static void Observe(Task asked) => _ = asked.ContinueWith(
        static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private DnsAnswer<DnsAddressRecord> CreateAnswer(string name, IPAddress[] addresses) =>
        new(name, [.. addresses.Select(address => new DnsAddressRecord(name, TimeSpan.Zero, address))]) { ExpiresAt = time.GetUtcNow() };
}
