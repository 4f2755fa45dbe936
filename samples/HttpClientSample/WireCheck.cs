using StubResolver;

namespace HttpClientSample;

/// <summary>What has to be true of the wire: AAAA comes before A, and no two queries come from one port.</summary>
internal static class WireCheck
{
    /// <summary>Prints the findings; true where nothing was found wanting.</summary>
    public static bool Report(IReadOnlyList<WireQuery> queries)
    {
        IReadOnlyList<string> outOfOrder = OutOfOrder(queries);
        IReadOnlyList<int> shared = SharedPorts(queries);
        Console.WriteLine(outOfOrder.Count == 0
            ? $"ok    AAAA came before A, in all {Lookups(queries).Count()} lookups."
            : $"WRONG A came first for {string.Join(", ", outOfOrder)}.");
        Console.WriteLine(shared.Count == 0
            ? $"ok    No two of the {queries.Count} queries came from one port."
            : $"WRONG More than one query came from port {string.Join(", ", shared)}.");
        return outOfOrder.Count == 0 && shared.Count == 0;
    }

    /// <summary>The names of which A was asked without AAAA before.</summary>
    public static IReadOnlyList<string> OutOfOrder(IReadOnlyList<WireQuery> queries) =>
        [.. Lookups(queries).Where(lookup => lookup.First().Query.Type != DnsRecordType.Aaaa).Select(lookup => lookup.Key.Name)];

    /// <summary>The ports that more than one query came from; UDP and TCP each have ports of their own.</summary>
    public static IReadOnlyList<int> SharedPorts(IReadOnlyList<WireQuery> queries) =>
        [.. queries.GroupBy(wire => (wire.Query.Protocol, wire.Query.Source.Port)).Where(port => port.Count() > 1).Select(port => port.Key.Port)];

    private static IEnumerable<IGrouping<(int Scene, string Name), WireQuery>> Lookups(IReadOnlyList<WireQuery> queries) =>
        queries.GroupBy(wire => (wire.Scene, wire.Query.Name));
}
