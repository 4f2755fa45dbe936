using System.Diagnostics;
using StubResolver.Diagnostics;

namespace StubResolver.Resolution;

/// <summary>Measures address lookups while somebody listens.</summary>
internal static class MeasuredLookup
{
    /// <summary>Whether there is a listener.</summary>
    public static bool IsWanted(ResolverMetrics metrics) => metrics.IsLookupMeasured || LookupActivity.HasListeners;

    /// <summary>Runs a lookup and measures it.</summary>
    public static async ValueTask<DnsAnswer<DnsAddressRecord>> RunAsync(
        string name, Func<ValueTask<DnsAnswer<DnsAddressRecord>>> lookUp, ResolverMetrics metrics, TimeProvider time)
    {
        long startedAt = time.GetTimestamp();
        Activity? activity = LookupActivity.Start(name);
        DnsAnswer<DnsAddressRecord>? answer = null;
        Exception? exception = null;
        try
        {
            answer = await lookUp().ConfigureAwait(false);
            return answer;
        }
        catch (Exception e) when (Note(e, out exception))
        {
            throw;
        }
        finally
        {
            if (metrics.IsLookupMeasured)
            {
                metrics.LookupEnded(time.GetElapsedTime(startedAt), name, exception?.ToErrorType());
            }

            if (activity is not null)
            {
                LookupActivity.End(activity, answer, exception);
            }
        }
    }

    private static bool Note(Exception exception, out Exception noted)
    {
        noted = exception;
        return false;
    }
}
