using System.Globalization;

namespace StubResolver.Fuzz;

/// <summary>Input after input for everything that reads octets from outside.</summary>
internal static class ParserFuzz
{
    private const int UsualCount = 1_000_000;

    private static readonly FuzzTarget[] s_targets = [new ResponseTarget(), new ReplyCheckTarget(), new ConfigurationTarget()];

    /// <summary>Returns the exit code.</summary>
    public static async Task<int> RunAsync(int seed, int count = UsualCount)
    {
        for (int round = 0; round < count; round++)
        {
            int roundSeed = unchecked(seed + round);
            foreach (FuzzTarget target in s_targets)
            {
                if (FuzzRound.Run(target, roundSeed) is { } trouble)
                {
                    await Console.Error.WriteLineAsync($"{target.Name}, again with: {roundSeed} 1\n{trouble}");
                    return 1;
                }
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} inputs for each of {s_targets.Length} targets from seed {seed}: nothing found"));
        return 0;
    }
}
