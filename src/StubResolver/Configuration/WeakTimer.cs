namespace StubResolver.Configuration;

/// <summary>A periodic timer that does not keep alive what it works for, and ends after it was collected.</summary>
internal static class WeakTimer
{
    public static ITimer Start<T>(T target, Action<T> action, TimeSpan period, TimeProvider timeProvider)
        where T : class
    {
        Tick<T> tick = new(target, action);
        bool isFlowing = !ExecutionContext.IsFlowSuppressed();
        if (isFlowing)
        {
            ExecutionContext.SuppressFlow(); // the creator's AsyncLocals are not ours to keep
        }

        try
        {
            tick.Timer = timeProvider.CreateTimer(tick.Run, null, period, period);
            return tick.Timer;
        }
        finally
        {
            if (isFlowing)
            {
                ExecutionContext.RestoreFlow();
            }
        }
    }

    private sealed class Tick<T>(T target, Action<T> action)
        where T : class
    {
        private readonly WeakReference<T> _target = new(target);

        public ITimer? Timer;

        public void Run(object? state)
        {
            if (_target.TryGetTarget(out T? target))
            {
                action(target);
            }
            else
            {
                Timer?.Dispose();
            }
        }
    }
}
