using System.Diagnostics;
using StubResolver.Diagnostics;

namespace StubResolver.Resolution;

/// <summary>Measures lookups while somebody listens.</summary>
internal static class MeasuredLookup
{
    /// <summary>Whether there is a listener.</summary>
    public static bool IsWanted(ResolverMetrics metrics) => metrics.IsLookupMeasured || LookupActivity.HasListeners;

    /// <summary>Runs a lookup and measures it.</summary>
    /// <param name="name">The name asked for.</param>
    /// <param name="type">The type asked for; <see langword="null"/> for addresses, of either type.</param>
    /// <param name="lookUp">The lookup.</param>
    /// <param name="metrics">Where the duration goes.</param>
    /// <param name="time">The clock.</param>
    /// <param name="isTraced">Whether it is an activity.</param>
    public static async ValueTask<DnsAnswer<TRecord>> RunAsync<TRecord>(
        string name, DnsRecordType? type, Func<ValueTask<DnsAnswer<TRecord>>> lookUp, ResolverMetrics metrics, TimeProvider time,
        bool isTraced = true)
        where TRecord : DnsRecord
    {
        long startedAt = time.GetTimestamp();
        using Activity? activity = isTraced ? LookupActivity.Start(name, type) : null;
        Exception? exception = null;
        try
        {
            DnsAnswer<TRecord> answer = await lookUp().ConfigureAwait(false);
            LookupActivity.SetAnswer(activity, answer);
            return answer;
        }
        catch (Exception e) when (Note(e, out exception))
        {
            throw;
        }
        finally
        {
            LookupActivity.SetError(activity, exception);
            if (metrics.IsLookupMeasured)
            {
                metrics.LookupEnded(time.GetElapsedTime(startedAt), name, exception?.ToErrorType());
            }
        }
    }

    private static bool Note(Exception exception, out Exception noted)
    {
        noted = exception;
        return false;
    }
}
