using System.Globalization;
using StubResolver.Fuzz;

if (args.Length > 2 || !TryRead(0, Environment.TickCount, out int seed) || !TryRead(1, 1_000_000, out int count) || count < 1)
{
    await Console.Error.WriteLineAsync("usage: StubResolver.Fuzz [seed [count]]");
    return 64;
}

FuzzTarget[] targets = [new ResponseTarget(), new ReplyCheckTarget(), new ConfigurationTarget()];
for (int round = 0; round < count; round++)
{
    int roundSeed = unchecked(seed + round);
    foreach (FuzzTarget target in targets)
    {
        if (FuzzRound.Run(target, roundSeed) is { } trouble)
        {
            await Console.Error.WriteLineAsync($"{target.Name}, again with: {roundSeed} 1\n{trouble}");
            return 1;
        }
    }
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} inputs for each of {targets.Length} targets from seed {seed}: nothing found"));
return 0;

bool TryRead(int index, int defaultValue, out int value)
{
    value = defaultValue;
    return args.Length <= index || int.TryParse(args[index], CultureInfo.InvariantCulture, out value);
}
