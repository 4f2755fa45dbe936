using System.Globalization;

namespace StubResolver.Benchmarks.Fail;

/// <summary>Measures how long a lookup takes to fail where every server is silent: <c>fail</c>.</summary>
internal static class FailDriver
{
    public static async Task<int> RunAsync(string[] args)
    {
        int rounds = Arguments.Parse(args, "rounds").Number("rounds", 3);
        FailCase[] cases = [.. from seconds in (int[])[2, 10]
                               from candidates in (int[])[1, 4]
                               from servers in (int[])[1, 2, 3]
                               select new FailCase(servers, candidates, TimeSpan.FromSeconds(seconds))];
        (TimeSpan Elapsed, int Queries)[] slowest = new (TimeSpan, int)[cases.Length];
        for (int round = 0; round < rounds; round++)
        {
            (TimeSpan Elapsed, int Queries)[] results = await Task.WhenAll(cases.Select(one => one.MeasureAsync()));
            slowest = [.. slowest.Zip(results, (known, result) => result.Elapsed > known.Elapsed ? result : known)];
        }

        Console.WriteLine("| LookupTimeout | names tried | silent servers | failed after at most, ms | over, ms | queries |\n|---:|---:|---:|---:|---:|---:|");
        foreach ((FailCase one, (TimeSpan elapsed, int queries)) in cases.Zip(slowest))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {one.Budget.TotalSeconds} s | {one.Candidates} | {one.Servers} | {elapsed.TotalMilliseconds:0.0} | {(elapsed - one.Budget).TotalMilliseconds:0.0} | {queries} |"));
        }

        return 0;
    }
}
