using StubResolver.Diagnostics;

namespace StubResolver.Resolution;

/// <summary>Keeps one name resolved and reports each new set of addresses.</summary>
internal sealed class NameWatch : IDisposable
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1); // literals never end
    private static readonly TimeSpan s_leastDelay = TimeSpan.FromMilliseconds(50); // timers round down, and an answer with 1 ms left is found again
    private static readonly TimeSpan s_mostDelay = TimeSpan.FromMilliseconds(500); // who follows DNS is to know within a second

    private readonly LookupPipeline _pipeline;
    private readonly WatchContext _context;
    private readonly WatchedName _watched;
    private readonly WatchCallbacks _callbacks;
    private readonly CancellationTokenSource _ending = new();
    private readonly WatchedAddresses _addresses = new();

    public NameWatch(LookupPipeline pipeline, WatchContext context, WatchedName watched, WatchCallbacks callbacks)
    {
        _pipeline = pipeline;
        _context = context;
        _watched = watched;
        _callbacks = callbacks;
    }

    /// <summary>Ends when the last callback has returned; never fails.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    private bool IsEnding => _ending.IsCancellationRequested || _pipeline.IsDisposed;

    public void Start()
    {
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
        {
            Completion = Task.Run(RunAsync);
        }
    }

    public void Dispose()
    {
        _ending.Cancel();
        _context.Remove(this);
    }

    /// <summary>Returns the time until the next look: just after the answer has ended, but not at once, and not with all other watches.</summary>
    public static TimeSpan GetInterval(TimeSpan life, TimeSpan shortest, double chance)
    {
        TimeSpan interval = life > shortest ? life : shortest;
        return (interval < s_longest ? interval : s_longest) + s_leastDelay + ((s_mostDelay - s_leastDelay) * chance);
    }

    private async Task RunAsync()
    {
        try
        {
            while (!_ending.IsCancellationRequested)
            {
                TimeSpan life = await LookAsync().ConfigureAwait(false);
                await Task.Delay(GetInterval(life, _context.ShortestInterval, _context.Random.NextDouble()), _context.Time, _ending.Token).ConfigureAwait(false);
            }
        }
        catch (Exception) when (IsEnding)
        {
            // the watch or the resolver is disposed, whatever a listener to the meter throws meanwhile
        }
    }

    private async Task<TimeSpan> LookAsync()
    {
        DnsAnswer<DnsAddressRecord> answer;
        try
        {
            answer = await _pipeline.LookAsync(_watched, _ending.Token).ConfigureAwait(false);
        }
        catch (DnsException e)
        {
            await ReportAsync(_callbacks.Failed, e).ConfigureAwait(false);
            return TimeSpan.Zero; // a failure says nothing about the addresses
        }
        catch (Exception e) when (!IsEnding)
        {
            ResolverLog.WatchLookupFailed(_context.Logger, e, _watched.Name); // as of a listener to the meter that throws
            return TimeSpan.Zero;
        }

        if (_addresses.Update(answer) is { } news)
        {
            await ReportAsync(_callbacks.Changed, news).ConfigureAwait(false);
        }

        return _pipeline.FindLife(_watched.Name, _watched.Family, answer) ?? answer.ExpiresAt - _context.Time.GetUtcNow();
    }

    private async ValueTask ReportAsync<TNews>(Action<TNews>? callback, TNews news)
    {
        if (callback is null)
        {
            return;
        }

        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // the answer may have come on the thread of whoever moves the clock
        if (_ending.IsCancellationRequested)
        {
            return;
        }

        try
        {
            callback(news);
        }
        catch (Exception e)
        {
            ResolverLog.WatchCallbackFailed(_context.Logger, e, _watched.Name);
        }
    }
}
