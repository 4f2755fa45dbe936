using System.Globalization;

namespace StubResolver.Resolution;

/// <summary>Says in one sentence what failed: what was asked, of whom, how often, what came back.</summary>
internal static class FailureMessage
{
    /// <param name="error">What the lookup ended with.</param>
    /// <param name="name">The name as typed.</param>
    /// <param name="code">The response code that decided.</param>
    /// <param name="attempts">All transmissions.</param>
    public static string? Create(DnsError error, string name, DnsResponseCode? code, IReadOnlyList<DnsAttempt> attempts)
    {
        if (error == DnsError.Timeout && attempts.Count == 0)
        {
            return $"The lookup of '{name}' failed: it waited for other lookups until its time was over; nothing was sent "
                + $"({nameof(DnsResolverOptions.MaxConcurrentQueries)} bounds how many are in flight).";
        }

        if (error is DnsError.NameNotFound or DnsError.NoData || attempts.Count == 0)
        {
            return null;
        }

        int servers = attempts.Select(attempt => attempt.Server).Distinct().Count();
        string asked = string.Create(CultureInfo.InvariantCulture, $"{Count(attempts.Count, "query", "queries")} to {Count(servers, "server", "servers")}");
        string reason = error switch
        {
            DnsError.Timeout => "no answer came in time",
            DnsError.NetworkError => "no server could be reached",
            DnsError.Refused => "the servers refused to answer",
            DnsError.MalformedResponse => "no usable response came",
            _ => $"the servers failed ({code ?? DnsResponseCode.ServerFailure})",
        };
        return $"The lookup of '{name}' failed: {reason} ({asked}; last {attempts[^1]}).";
    }

    private static string Count(int count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
