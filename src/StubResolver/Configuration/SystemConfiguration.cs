using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StubResolver.Diagnostics;

namespace StubResolver.Configuration;

/// <summary>
/// What the system says, kept up to date behind its callers' backs. Thread-safe. The constructor reads; after that a timer looks every
/// <see cref="CheckPeriod"/> and holds this object only weakly.
/// </summary>
/// <remarks>
/// The timer runs while this is in use: a clock that a test moves by a year would stop six million times on the way. The first use after that looks
/// itself.
/// </remarks>
internal sealed class SystemConfiguration : IDisposable
{
    /// <summary>How often changes are looked for.</summary>
    public static readonly TimeSpan CheckPeriod = TimeSpan.FromSeconds(5);

    private readonly SystemReader _reader;
    private readonly ILogger _logger;
    private readonly WarningKeeper? _warnings;
    private readonly ITimer _timer;
    private volatile SystemSnapshot _current;
    private volatile bool _isDisposed;
    private readonly Lock _gate = new();
    private volatile bool _isUsed = true;
    private bool _isAsleep;
    private int _isUpdating;
    private bool _hasFailed; // one message for a fault that lasts

    /// <summary>Reads the system's configuration and begins to watch it.</summary>
    /// <param name="source">Where to read.</param>
    /// <param name="timeProvider">The clock and the timer.</param>
    /// <param name="logger">Where to tell.</param>
    public SystemConfiguration(SystemSource source, TimeProvider timeProvider, ILogger logger)
    {
        _warnings = logger is NullLogger ? new WarningKeeper() : null;
        _logger = _warnings ?? logger;
        _reader = new SystemReader(source, timeProvider, _logger);
        _current = _reader.Read();
        _timer = WeakTimer.Start(this, static configuration => configuration.Tick(), CheckPeriod, timeProvider);
    }

    /// <summary>
    /// Occurs after each swap, on the timer or before the lookup that found it goes on, never twice at once, with the new snapshot and what is new
    /// in it. Handlers must not throw.
    /// </summary>
    public event Action<SystemSnapshot, SystemChanges>? Changed;

    /// <summary>Gets what the system says, at most <see cref="CheckPeriod"/> old after <see cref="Use"/>. Reads no file.</summary>
    public SystemSnapshot Current => _current;

    /// <summary>Returns the warning that nobody read, for nothing is logged; once.</summary>
    public string? TakeWarning() => _warnings?.Take();

    /// <summary>Says that a lookup begins.</summary>
    public void Use()
    {
        if (!_isUsed && Wake())
        {
            Update();
        }
    }

    /// <summary>Ends watching; <see cref="Current"/> stays as it is.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _timer.Dispose();
    }

    // Returns whether the timer slept.
    private bool Wake()
    {
        lock (_gate)
        {
            _isUsed = true;
            if (!_isAsleep)
            {
                return false;
            }

            _isAsleep = false;
            _timer.Change(CheckPeriod, CheckPeriod);
            return true;
        }
    }

    private void Tick()
    {
        lock (_gate)
        {
            if (!_isUsed)
            {
                _isAsleep = true;
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                return;
            }

            _isUsed = false;
        }

        Update();
    }

    private void Update()
    {
        // A check that hangs in a file system must not pile up others behind it.
        if (Interlocked.Exchange(ref _isUpdating, 1) != 0)
        {
            return;
        }

        try
        {
            Swap(_reader.Read());
            _hasFailed = false;
        }
        catch (Exception e) // a timer runs this, where an exception would end the process, or a lookup, which is not to fail of it
        {
            if (!_hasFailed)
            {
                ResolverLog.UpdateFailed(_logger, e);
            }

            _hasFailed = true;
        }
        finally
        {
            Volatile.Write(ref _isUpdating, 0);
        }
    }

    private void Swap(SystemSnapshot latest)
    {
        SystemChanges changes = _current.GetChanges(latest);
        if (changes == SystemChanges.None || _isDisposed)
        {
            return;
        }

        _current = latest;
        string description = changes.ToString();
        ResolverLog.ConfigurationChanged(_logger, description);
        Changed?.Invoke(latest, changes);
    }
}
