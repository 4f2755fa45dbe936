namespace StubResolver;

/// <summary>Makes timers that outlive the request that makes them: without its execution context, which they would keep in memory.</summary>
internal static class UnflowedTimer
{
    /// <summary>Creates a timer that does not run yet.</summary>
    public static ITimer Create(TimeProvider time, Action tick)
    {
        using AsyncFlowControl? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        return time.CreateTimer(static tick => ((Action)tick!)(), tick, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
