using System.Net;

namespace StubResolver.Configuration;

/// <summary>A network interface, as far as names are concerned.</summary>
internal sealed record NetworkAdapter
{
    public bool IsUp { get; init; }

    public bool IsLoopback { get; init; }

    public bool IsTunnel { get; init; }

    public bool HasGateway { get; init; }

    public IReadOnlyList<IPAddress> Servers { get; init; } = [];

    /// <summary>Gets the connection's own suffix; empty if it has none.</summary>
    public string Suffix { get; init; } = "";

    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];
}
