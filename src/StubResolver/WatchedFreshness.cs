using System.Net.Sockets;

namespace StubResolver;

/// <summary>Keeps a name resolved with a resolver that can only watch, which tells nothing of failures.</summary>
internal sealed class WatchedFreshness : IDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly IDisposable _watch;

    private WatchedFreshness(IDisposable watch) => _watch = watch;

    public static IDisposable Start(
        IDnsResolver resolver, string name, AddressFamily family, Action<DnsAnswer<DnsAddressRecord>> changed, Action<DnsException>? failed)
    {
        WatchedFreshness freshness = new(resolver.Watch(name, family, changed));
        if (failed is not null)
        {
            _ = Task.Run(() => ResolveAsync(resolver, name, family, failed, freshness._ending.Token), CancellationToken.None);
        }

        return freshness;
    }

    // The token source stays, since the lookup may still use it: it has no timer.
    public void Dispose()
    {
        _watch.Dispose();
        _ending.Cancel();
    }

    // The lookup that the watch has begun, or its answer.
    private static async Task ResolveAsync(
        IDnsResolver resolver, string name, AddressFamily family, Action<DnsException> failed, CancellationToken ending)
    {
        try
        {
            await resolver.ResolveAddressesAsync(name, family, ending).ConfigureAwait(false);
        }
        catch (Exception exception) when (!ending.IsCancellationRequested)
        {
            failed(exception as DnsException ?? new DnsException(DnsError.Unknown, name) { Cause = exception });
        }
        catch (Exception) when (ending.IsCancellationRequested)
        {
            // nobody wants to know any more
        }
    }
}
