using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;

namespace StubResolver.Fuzz.Resolver;

/// <summary>One resolver and its servers, many lookups at once, and what is left of them.</summary>
internal sealed class Round(RoundPlan plan)
{
    private const int Lookups = 160;
    private const int AtOnce = 24;
    private const int Watches = 3;

    private readonly Zone _zone = new(plan.Seed);
    private readonly ConcurrentQueue<string> _troubles = new();
    private int _queryCount;
    private long _floodCount;

    /// <summary>Gets what kind of round it is.</summary>
    public string Title => $"{plan.Kind}, servers {string.Join(", ", plan.Roles)}";

    /// <summary>Gets what happened.</summary>
    public string Summary => string.Create(CultureInfo.InvariantCulture, $"{Lookups} lookups, {_queryCount} queries, {_floodCount} datagrams in a flood");

    /// <summary>Returns what was found, or null.</summary>
    public async Task<string?> RunAsync()
    {
        RoundServer[] servers = [.. plan.Roles.Select((_, index) => new RoundServer(plan, _zone, index))];
        using LoggedFaults faults = new();
        DnsResolverOptions options = plan.CreateOptions([.. servers.Select(server => server.Server.EndPoint)], faults);
        using CancellationTokenSource stopping = new();
        Flood flood = new([.. servers.Select(server => server.Server)], plan.Seed, stopping.Token);
        Task flooding = plan.Kind == RoundKind.Flooded ? flood.StartAsync() : Task.CompletedTask;
        await using (DnsResolver resolver = new(options))
        {
            await AskAllAsync(resolver, servers, options.LookupTimeout);
        }

        await stopping.CancelAsync();
        await flooding;
        _floodCount = flood.Count;
        foreach (RoundServer server in servers)
        {
            _queryCount += server.Server.Queries.Count;
            await server.DisposeAsync();
        }

        return _troubles.TryPeek(out string? trouble) ? trouble : faults.First;
    }

    private async Task AskAllAsync(DnsResolver resolver, RoundServer[] servers, TimeSpan budget)
    {
        List<IDisposable> watches = [.. Enumerable.Range(0, Watches).Select(i => resolver.Watch(Lookup.CreateName(i, form: 2), AddressFamily.Unspecified, _ => { }))];
        LookupCheck check = new(plan, _zone, resolver, budget);
        await Parallel.ForAsync(0, Lookups, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
        {
            if (plan.IsDisposedEarly && number == Lookups / 2)
            {
                await resolver.DisposeAsync();
            }

            Random random = Draw.For(plan.Seed, "lookup", number);
            Lookup lookup = Lookup.Next(random, mayBeStrange: plan.Kind == RoundKind.Hostile);
            if (await check.RunAsync(lookup, random) is { } trouble)
            {
                string sent = string.Join('\n', servers.SelectMany(server => server.Report(lookup.Name)));
                _troubles.Enqueue($"{lookup.Name} {string.Join('+', lookup.Types)}: {trouble}\n{sent}");
            }
        });
        watches.ForEach(watch => watch.Dispose());
    }
}
