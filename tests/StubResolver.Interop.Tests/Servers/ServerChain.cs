namespace StubResolver.Interop.Tests.Servers;

/// <summary>Which server asks which.</summary>
internal static class ServerChain
{
    /// <summary>The server that is asked in turn; <see langword="null"/> where the zones are at hand.</summary>
    public static ServerKind? GetUpstream(ServerKind kind) => kind switch
    {
        ServerKind.UnboundBeforeKnot or ServerKind.KnotResolverBeforeKnot => ServerKind.Knot,
        ServerKind.PowerDnsBeforeNsd => ServerKind.Nsd,
        ServerKind.DnsmasqBeforeBind => ServerKind.Bind,
        ServerKind.DnsmasqBeforePlainBind => ServerKind.PlainBind,
        ServerKind.DnsmasqBeforeUnbound => ServerKind.Unbound,
        _ => null,
    };

    /// <summary>All servers that an answer comes through, the one that is asked first.</summary>
    public static IEnumerable<ServerKind> Follow(ServerKind kind)
    {
        for (ServerKind? next = kind; next is { } current; next = GetUpstream(current))
        {
            yield return current;
        }
    }
}
