using System.Globalization;
using System.Net.Sockets;

namespace StubResolver.Resolution;

/// <summary>Says in a sentence or two what failed: what was asked, of whom, how often, what each server made of it.</summary>
internal static class FailureMessage
{
    private const int MaxServers = 3;

    /// <param name="outcome">What the lookup ended with.</param>
    /// <param name="name">The name as typed.</param>
    /// <param name="age">How long ago the servers said so; <see langword="null"/> where they did just now.</param>
    /// <param name="warning">What is wrong with the configuration; <see langword="null"/> where nothing is, or somebody was told.</param>
    public static string Create(LookupOutcome outcome, string name, TimeSpan? age, string? warning)
    {
        DnsError error = outcome.Error ?? DnsError.Unknown;
        string message = outcome.Attempts.Count > 0 && !outcome.IsAnswer ? DescribeFailure(error, name, outcome.Attempts)
            : error == DnsError.Timeout && age is null ? $"The lookup of '{name}' failed: it waited for other lookups until its time was over; nothing was sent "
                + $"({nameof(DnsResolverOptions.MaxConcurrentQueries)} bounds how many are in flight)."
            : DnsException.DefaultMessage(error, name);
        return $"{message}{(age is { } known ? DescribeMemory(known, outcome.Source) : "")}{(warning is null ? "" : $" {warning}")}";
    }

    /// <summary>Says what became of a server that could not be asked.</summary>
    public static string Describe(SocketError error) =>
        error == SocketError.ConnectionRefused ? "refused the connection" : $"could not be reached ({error})";

    private static string DescribeFailure(DnsError error, string name, IReadOnlyList<DnsAttempt> attempts)
    {
        DnsServer[] servers = [.. attempts.Where(attempt => attempt.DnsError is not null).Select(attempt => attempt.Server).Distinct()];
        if (servers.Length == 0)
        {
            return DnsException.DefaultMessage(error, name); // what was sent was answered: the time was over before the rest left
        }

        IEnumerable<string> parts = servers.Take(MaxServers).Select(server => $"{server} {Describe(server, attempts)}");
        string others = servers.Length > MaxServers ? $"; {Count(servers.Length - MaxServers, "other server", "other servers")} failed, too" : "";
        bool hasReply = attempts.Any(attempt => attempt is { DnsError: not null, ResponseCode: not null });
        string time = error == DnsError.Timeout && hasReply ? "the time was over: " : "";
        return $"The lookup of '{name}' failed: {time}{string.Join("; ", parts)}{others} "
            + $"({Count(attempts.Count, "query", "queries")} to {Count(attempts.Select(attempt => attempt.Server).Distinct().Count(), "server", "servers")}; "
            + $"last {attempts[^1]}).";
    }

    private static string Describe(DnsServer server, IReadOnlyList<DnsAttempt> attempts) => string.Join(
        " and ",
        attempts.Where(attempt => attempt.Server.Equals(server)).Select(Describe).OfType<string>().Distinct());

    private static string? Describe(DnsAttempt attempt) => attempt switch
    {
        { DnsError: null } => null,
        { DnsError: DnsError.MalformedResponse } => "sent no usable response",
        { SocketError: { } error } => Describe(error),
        { ResponseCode: { } code } => $"answered {code}",
        { DnsError: DnsError.Timeout } => "did not answer in time",
        _ => "could not be reached",
    };

    private static string DescribeMemory(TimeSpan age, DnsServer? source) => string.Create(
        CultureInfo.InvariantCulture, $" This is remembered for {age.TotalSeconds:0.0} s{(source is null ? "" : $", from {source}")}; nothing was sent now.");

    private static string Count(int count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
