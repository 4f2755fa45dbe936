using System.Globalization;
using StubResolver.Testing;

namespace HttpClientSample;

/// <summary>Every query that arrived at the servers, scene by scene.</summary>
internal sealed class Traffic(params (string Name, DnsTestServer Server)[] servers)
{
    private readonly List<WireQuery> _queries = [];
    private readonly HashSet<DnsTestQuery> _seen = [];
    private readonly Dictionary<string, int> _sceneOf = [];

    public int Scenes { get; private set; }

    public IReadOnlyList<WireQuery> Queries => _queries;

    /// <summary>Gives the queries that arrived meanwhile to the last scene of their name, and returns those of the scene that ends.</summary>
    public IReadOnlyList<WireQuery> EndScene(string name)
    {
        _sceneOf[name] = ++Scenes;
        _queries.AddRange(servers
            .SelectMany(server => server.Server.Queries.Select(query => new WireQuery(_sceneOf.GetValueOrDefault(query.Name), server.Name, query)))
            .Where(wire => _seen.Add(wire.Query))
            .OrderBy(wire => wire.Query.Time));
        return [.. _queries.Where(wire => wire.Scene == Scenes)];
    }

    public void Print()
    {
        Console.WriteLine();
        Console.WriteLine(" #  name           type  over  from port   server       at ms");
        foreach (WireQuery wire in _queries)
        {
            double elapsed = (wire.Query.Time - _queries[0].Query.Time).TotalMilliseconds;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{wire.Scene,2}  {wire.Query.Name,-14} {wire.Type,-5} {wire.Transport,-5} {wire.Query.Source.Port,-11} {wire.Server,-8} {elapsed,9:0.0}"));
        }

        Console.WriteLine("    (and those to the closed port, which nobody was there to see)");
    }
}
