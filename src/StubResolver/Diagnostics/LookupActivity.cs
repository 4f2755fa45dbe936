using System.Diagnostics;

namespace StubResolver.Diagnostics;

/// <summary>The activity of one lookup.</summary>
internal static class LookupActivity
{
    private static readonly ActivitySource s_source = new(ResolverMetrics.SourceName);

    /// <summary>Whether anybody listens.</summary>
    public static bool HasListeners => s_source.HasListeners();

    /// <summary>Starts an activity; <see langword="null"/> where nobody wants this one.</summary>
    public static Activity? Start(string name)
    {
        Activity? activity = s_source.CreateActivity("StubResolver.Lookup", ActivityKind.Client);
        if (activity is null)
        {
            return null;
        }

        activity.DisplayName = $"DNS lookup {name}";
        if (activity.IsAllDataRequested)
        {
            activity.SetTag("dns.question.name", name);
        }

        return activity.Start();
    }

    /// <summary>Ends an activity with the addresses found or the error.</summary>
    public static void End(Activity activity, DnsAnswer<DnsAddressRecord>? answer, Exception? exception)
    {
        if (activity.IsAllDataRequested && answer is not null)
        {
            activity.SetTag("dns.answers", answer.Records.Select(record => record.Address.ToString()).ToArray());
        }

        if (exception is not null)
        {
            activity.SetTag("error.type", exception.ToErrorType());
            activity.SetStatus(ActivityStatusCode.Error, exception.Message);
        }

        activity.Dispose();
    }
}
