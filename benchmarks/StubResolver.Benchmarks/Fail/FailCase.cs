using System.Diagnostics;

namespace StubResolver.Benchmarks.Fail;

/// <summary>A lookup that nobody answers.</summary>
/// <param name="Servers">The servers asked.</param>
/// <param name="Candidates">The names tried, of which the last is the name as typed.</param>
/// <param name="Budget">The time for all of it.</param>
internal sealed record FailCase(int Servers, int Candidates, TimeSpan Budget)
{
    /// <summary>Returns how long it took to fail, and how many queries were sent.</summary>
    public async Task<(TimeSpan Elapsed, int Queries)> MeasureAsync()
    {
        List<SilentServer> servers = [.. Enumerable.Range(0, Servers).Select(_ => new SilentServer())];
        DnsResolverOptions options = UncachedOptions.Create([.. servers.Select(server => server.EndPoint)]);
        options.UseSearchList = true;
        options.SearchDomains = [.. Enumerable.Range(1, Candidates - 1).Select(number => $"s{number}.test")];
        options.Ndots = 5;
        options.LookupTimeout = Budget;
        await using DnsResolver resolver = new(options);
        long start = Stopwatch.GetTimestamp();
        try
        {
            await resolver.ResolveAddressesAsync("db");
            throw new InvalidOperationException("A silent server answered.");
        }
        catch (DnsException e) when (e.DnsError == DnsError.Timeout)
        {
            return (Stopwatch.GetElapsedTime(start), e.Attempts.Count);
        }
        finally
        {
            servers.ForEach(server => server.Dispose());
        }
    }
}
