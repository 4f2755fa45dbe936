namespace StubResolver.Benchmarks.Load;

/// <summary>What to measure.</summary>
internal sealed record LoadOptions
{
    /// <summary>Lookups at a time.</summary>
    public required int Concurrency { get; init; }

    /// <summary>Milliseconds the server holds an answer back.</summary>
    public required int Delay { get; init; }

    /// <summary>Measured lookups of one client in one round.</summary>
    public required int Lookups { get; init; }

    /// <summary>Lookups of one client before each measurement.</summary>
    public required int WarmUp { get; init; }

    /// <summary>How many of those at a time.</summary>
    public required int WarmUpConcurrency { get; init; }

    public required int Rounds { get; init; }

    /// <summary>MaxConcurrentQueries of StubResolver.</summary>
    public required int InFlight { get; init; }

    /// <summary>"knot", "responder", or "auto": Knot where it is installed and nothing is to be held back.</summary>
    public required string Server { get; init; }

    public required IReadOnlyList<LoadClientKind> Clients { get; init; }

    public static LoadOptions Parse(string[] args)
    {
        Arguments arguments = Arguments.Parse(args, "concurrency", "delay", "lookups", "warm-up", "warm-up-concurrency", "rounds", "clients", "in-flight", "server");
        int concurrency = arguments.Number("concurrency", 64);
        int delay = arguments.Number("delay", 0, min: 0);
        int lookups = arguments.Number("lookups", DefaultLookups(concurrency, delay));
        return new LoadOptions
        {
            Concurrency = concurrency,
            Delay = delay,
            Lookups = lookups,
            WarmUp = arguments.Number("warm-up", DefaultWarmUp(lookups, delay), min: 0),
            WarmUpConcurrency = arguments.Number("warm-up-concurrency", concurrency),
            Rounds = arguments.Number("rounds", 5),
            InFlight = arguments.Number("in-flight", new DnsResolverOptions().MaxConcurrentQueries),
            Server = arguments.Text("server", "auto"),
            Clients = LoadClientKind.Parse(arguments.Text("clients", "")),
        };
    }

    // Without a delay the processor is what is measured: all that is compiled again, while hot, is to be compiled by then.
    private static int DefaultWarmUp(int lookups, int delay) => delay == 0 ? 3 * lookups : lookups / 2;

    /// <summary>About two seconds of work, and each caller at least a few lookups.</summary>
    private static int DefaultLookups(int concurrency, int delay)
    {
        int perSecond = delay == 0 ? 20_000 : Math.Min(20_000, concurrency * 1_000 / (2 * delay));
        int lookups = concurrency == 1 ? Math.Min(10_000, 2 * perSecond) : 2 * perSecond;
        return Math.Max(lookups, 3 * concurrency);
    }
}
