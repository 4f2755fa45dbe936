using System.Globalization;

namespace StubResolver.Resolution;

/// <summary>Says in one sentence what failed: what was asked, of whom, how often, what came back.</summary>
internal static class FailureMessage
{
    public static string? Create(DnsError error, string name, DnsResponseCode? code, IReadOnlyList<DnsAttempt> attempts)
    {
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
