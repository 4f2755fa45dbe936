using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace StubResolver.Extensions.WarmUp;

/// <summary>Resolves names in the background when the host starts, and keeps them resolved until it stops.</summary>
/// <remarks>The resolver is asked for at the start, not before: options that are wrong would keep the host from validating all others.</remarks>
internal sealed class WarmUpService(IServiceProvider services, IOptions<WarmUpOptions> options, ILoggerFactory? loggerFactory = null)
    : IHostedService, IDisposable
{
    private const int MaxConcurrentNames = 16;

    private readonly ILogger _logger = loggerFactory?.CreateLogger(ExtensionsLog.WarmUpCategory) ?? NullLogger.Instance;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<IDisposable> _watches = [];
    private Task _resolving = Task.CompletedTask;
    private int _disposed;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        string[] names = [.. options.Value.Names.Distinct(StringComparer.OrdinalIgnoreCase)];
        IDnsResolver resolver = services.GetRequiredService<IDnsResolver>();
        WatchAll(resolver, names);
        if (resolver is not DnsResolver)
        {
            _resolving = Task.Run(() => ResolveAllAsync(resolver, names), CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        EndWatches();
        if (Volatile.Read(ref _disposed) == 0)
        {
            await _stopping.CancelAsync().ConfigureAwait(false);
        }

        await _resolving.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            EndWatches();
            _stopping.Cancel();
            _stopping.Dispose();
        }
    }

    private void WatchAll(IDnsResolver resolver, string[] names)
    {
        List<string> errors = [];
        foreach (string name in names)
        {
            try
            {
                _watches.Add(Watch(resolver, name));
            }
            catch (ArgumentException exception)
            {
                errors.Add(WarmUpOptions.Describe(name, exception)); // of a resolver of the application's, with rules of its own
            }
        }

        if (errors.Count > 0)
        {
            EndWatches();
            throw new OptionsValidationException(Options.DefaultName, typeof(WarmUpOptions), errors);
        }
    }

    // Ours keeps warm-up behind the lookups that somebody waits for; others may not have a bound, or know of ours.
    private IDisposable Watch(IDnsResolver resolver, string name) =>
        resolver is DnsResolver own ? KeepFresh(own, name) : resolver.Watch(name, AddressFamily.Unspecified, OnChanged);

    private IDisposable KeepFresh(DnsResolver own, string name)
    {
        bool isFirst = true;
        return own.KeepFresh(
            name,
            AddressFamily.Unspecified,
            answer =>
            {
                isFirst = false;
                OnChanged(answer);
            },
            failure =>
            {
                if (isFirst)
                {
                    ExtensionsLog.NameNotWarm(_logger, name, failure);
                }

                isFirst = false; // it is tried again in seconds
            });
    }

    private void OnChanged(DnsAnswer<DnsAddressRecord> answer) => ExtensionsLog.NameIsWarm(_logger, answer.Name, answer.Records.Count);

    private Task ResolveAllAsync(IDnsResolver resolver, string[] names) => Parallel.ForEachAsync(
        names,
        new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrentNames, CancellationToken = _stopping.Token },
        (name, cancellationToken) => ResolveAsync(resolver, name, cancellationToken));

    // A watch of others says nothing about failures; this lookup does, and is the one that the watch has begun, or finds its answer.
    private async ValueTask ResolveAsync(IDnsResolver resolver, string name, CancellationToken cancellationToken)
    {
        try
        {
            await resolver.ResolveAddressesAsync(name, AddressFamily.Unspecified, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested) // a resolver of the application's may throw anything
        {
            ExtensionsLog.NameNotWarm(_logger, name, exception);
        }
    }

    private void EndWatches()
    {
        foreach (IDisposable watch in _watches)
        {
            watch.Dispose();
        }

        _watches.Clear();
    }
}
