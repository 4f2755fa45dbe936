namespace StubResolver.Benchmarks.Load;

/// <summary>Who can be measured.</summary>
/// <param name="Key">Its name on the command line.</param>
/// <param name="Title">Its name in the table.</param>
/// <param name="IsDefault">Whether it runs when nobody names clients.</param>
internal sealed record LoadClientKind(string Key, string Title, bool IsDefault = true)
{
    public static LoadClientKind CReference { get; } = new("c", "C, 16 blocking threads, fresh sockets");

    public static LoadClientKind DnsClient { get; } = new("dnsclient", "DnsClient 1.8.0, AAAA then A");

    public static LoadClientKind System { get; } = new("system", "System.Net.Dns");

    public static IReadOnlyList<LoadClientKind> All { get; } =
    [
        CReference,
        new("stub", "StubResolver, UDP, sequential"),
        new("stub-parallel", "StubResolver, UDP, parallel"),
        new("stub-tcp", "StubResolver, TCP, pipelined"),
        new("stub-hedged", "StubResolver, UDP, parallel, hedged at once", IsDefault: false),
        DnsClient,
        System,
        new("arsoft", "ARSoft.Tools.Net 3.6.1, AAAA then A", IsDefault: false),
    ];

    /// <summary>Finds clients by their names on the command line; those that run by default for an empty text.</summary>
    public static IReadOnlyList<LoadClientKind> Parse(string keys) => keys.Length == 0
        ? [.. All.Where(kind => kind.IsDefault)]
        : [.. keys.Split(',').Select(key => All.FirstOrDefault(kind => kind.Key == key)
            ?? throw new ArgumentException($"'{key}' is no client; there are: {string.Join(", ", All.Select(kind => kind.Key))}."))];
}
