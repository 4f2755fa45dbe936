using System.Globalization;
using StubResolver.Fuzz;
using StubResolver.Fuzz.Resolver;

switch (args)
{
    case ["resolver", string first, string second] when TryRead(first, out int seed) && TryRead(second, out int seconds) && seconds > 0:
        return await WatchedProcess.RunAsync(seed, seconds);
    case [WatchedProcess.Argument, string first, string second] when TryRead(first, out int seed) && TryRead(second, out int seconds):
        return await ResolverFuzz.RunAsync(seed, TimeSpan.FromSeconds(seconds));
    case []:
        return await ParserFuzz.RunAsync(Environment.TickCount);
    case [string first] when TryRead(first, out int seed):
        return await ParserFuzz.RunAsync(seed);
    case [string first, string second] when TryRead(first, out int seed) && TryRead(second, out int count) && count > 0:
        return await ParserFuzz.RunAsync(seed, count);
    default:
        await Console.Error.WriteLineAsync("usage: StubResolver.Fuzz [seed [count]] | resolver seed seconds");
        return 64;
}

static bool TryRead(string text, out int value) => int.TryParse(text, CultureInfo.InvariantCulture, out value);
