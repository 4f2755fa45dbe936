using Microsoft.Extensions.Logging;
using StubResolver.Diagnostics;

namespace StubResolver;

/// <summary>Makes timers that outlive the request that makes them: without its execution context, which they would keep in memory.</summary>
internal static class UnflowedTimer
{
    /// <summary>Creates a timer that does not run yet. An exception of its callback is logged: it would end the process.</summary>
    public static ITimer Create(TimeProvider time, ILogger logger, Action tick)
    {
        using AsyncFlowControl? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        return time.CreateTimer(_ => Run(logger, tick), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private static void Run(ILogger logger, Action tick)
    {
        try
        {
            tick();
        }
        catch (Exception e)
        {
            ResolverLog.FollowingFailed(logger, e);
        }
    }
}
