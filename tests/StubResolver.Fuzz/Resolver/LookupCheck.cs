using System.Diagnostics;
using System.Globalization;

namespace StubResolver.Fuzz.Resolver;

/// <summary>Makes the lookups of a round and says what is wrong with how they end.</summary>
internal sealed class LookupCheck(RoundPlan plan, Zone zone, DnsResolver resolver, TimeSpan budget)
{
    private static readonly TimeSpan s_slack = TimeSpan.FromSeconds(5); // the machine may be busy

    /// <summary>Returns what is wrong, or null.</summary>
    public async Task<string?> RunAsync(Lookup lookup, Random random)
    {
        using CancellationTokenSource source = new();
        bool isCancelled = plan.Kind == RoundKind.Hostile && random.Next(10) == 0;
        if (isCancelled)
        {
            source.CancelAfter(random.Next(200));
        }

        long startedAt = Stopwatch.GetTimestamp();
        string? trouble = await JudgeAsync(lookup, startedAt, source.Token);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(startedAt);
        return trouble ?? (elapsed > budget + s_slack ? string.Create(CultureInfo.InvariantCulture, $"it took {elapsed} with a budget of {budget}") : null);
    }

    private async Task<string?> JudgeAsync(Lookup lookup, long startedAt, CancellationToken cancellationToken)
    {
        try
        {
            return JudgeRecords(lookup, await lookup.Ask(resolver, cancellationToken).WaitAsync(budget + s_slack, CancellationToken.None));
        }
        catch (DnsException e)
        {
            return JudgeFailure(lookup, e);
        }
        catch (TimeoutException)
        {
            return string.Create(CultureInfo.InvariantCulture, $"it has not ended after {Stopwatch.GetElapsedTime(startedAt)}");
        }
        catch (OperationCanceledException e) when (e.CancellationToken == cancellationToken && cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (ObjectDisposedException) when (plan.IsDisposedEarly)
        {
            return null;
        }
        catch (Exception e)
        {
            return e.ToString();
        }
    }

    private string? JudgeRecords(Lookup lookup, IReadOnlyList<DnsRecord> records)
    {
        if (records.Any(record => record.ToString().Length == 0 || record.GetHashCode() != record.GetHashCode()))
        {
            return "a record has no text";
        }

        if (records.Count == 0 && !lookup.ReportsNone)
        {
            return "it has no records";
        }

        if (plan.Kind == RoundKind.Hostile)
        {
            return null;
        }

        string[] expected = [.. lookup.Types.SelectMany(type => zone.GetData(lookup.Name, type).Select(Convert.ToHexString))];
        bool isWhole = lookup.Types.Length > 1 || records.Count == expected.Length; // of two families one may be late
        return isWhole && records.OfType<DnsAddressRecord>().All(record => expected.Contains(Convert.ToHexString(record.Address.GetAddressBytes())))
            ? null
            : $"{records.Count} records instead of {expected.Length}: {string.Join("; ", records.Take(3))}";
    }

    private string? JudgeFailure(Lookup lookup, DnsException failure)
    {
        string report = failure.ToString();
        if (plan.Kind == RoundKind.Hostile)
        {
            return report.Length == 0 ? "a failure has no text" : null;
        }

        bool isNone = lookup.Types.All(type => zone.GetData(lookup.Name, type).Count == 0);
        return isNone && !lookup.ReportsNone && failure.DnsError is (DnsError.NameNotFound or DnsError.NoData) ? null : report;
    }
}
