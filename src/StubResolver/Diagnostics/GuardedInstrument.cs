using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace StubResolver.Diagnostics;

/// <summary>
/// Measures where nobody could catch what a listener's callback throws: where the resolver works for several callers or for none. There the exception
/// would cost a lookup or a socket, or end the process; it is dropped.
/// </summary>
internal static class GuardedInstrument
{
    public static void AddGuarded(this Counter<long> counter, long delta, string? tag = null, string? value = null)
    {
        try
        {
            if (tag is null)
            {
                counter.Add(delta);
            }
            else
            {
                counter.Add(delta, new KeyValuePair<string, object?>(tag, value));
            }
        }
        catch (Exception)
        {
            // the listener's own
        }
    }

    public static void RecordGuarded(this Histogram<double> histogram, TimeSpan duration, in TagList tags)
    {
        try
        {
            histogram.Record(duration.TotalSeconds, tags);
        }
        catch (Exception)
        {
            // the listener's own
        }
    }
}
