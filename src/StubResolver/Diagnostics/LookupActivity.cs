using System.Diagnostics;

namespace StubResolver.Diagnostics;

/// <summary>The activity of one lookup.</summary>
internal static class LookupActivity
{
    private static readonly ActivitySource s_source = new(DnsTelemetry.ActivitySourceName);

    /// <summary>Whether anybody listens.</summary>
    public static bool HasListeners => s_source.HasListeners();

    /// <summary>Starts an activity; <see langword="null"/> where nobody wants this one.</summary>
    /// <param name="name">The name asked for.</param>
    /// <param name="type">The type asked for; <see langword="null"/> for addresses, of either type.</param>
    public static Activity? Start(string name, DnsRecordType? type)
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
            if (type is { } asked)
            {
                activity.SetTag("dns.question.type", asked.ToMnemonic());
            }
        }

        return activity.Start();
    }

    /// <summary>Tells the records found.</summary>
    public static void SetAnswer<TRecord>(Activity? activity, DnsAnswer<TRecord> answer)
        where TRecord : DnsRecord
    {
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("dns.answers", answer.Records.Select(Describe).ToArray());
        }
    }

    /// <summary>Tells the error, where there is one.</summary>
    public static void SetError(Activity? activity, Exception? exception)
    {
        if (activity is not null && exception is not null)
        {
            activity.SetTag("error.type", exception.ToErrorType());
            activity.SetStatus(ActivityStatusCode.Error, exception.Message);
        }
    }

    // Addresses and the names of addresses as the runtime's own name resolution writes them.
    private static string Describe(DnsRecord record) => record switch
    {
        DnsAddressRecord address => address.Address.ToString(),
        DnsPtrRecord pointer => pointer.Target,
        _ => record.ToString(),
    };
}
