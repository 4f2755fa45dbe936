namespace StubResolver.Interop.Tests.Servers;

/// <summary>The servers that are asked, alone or one before another.</summary>
public enum ServerKind
{
    /// <summary>BIND as the zones' own server; it wants cookies.</summary>
    Bind,

    /// <summary>BIND as the zones' own server; it gives cookies and answers without.</summary>
    PlainBind,

    /// <summary>Knot DNS as the zones' own server; it gives cookies.</summary>
    Knot,

    /// <summary>NSD as the zones' own server; it gives cookies.</summary>
    Nsd,

    /// <summary>Unbound as a recursive resolver that has the zones at hand.</summary>
    Unbound,

    /// <summary>Unbound that asks Knot DNS, over TCP alone.</summary>
    UnboundBeforeKnot,

    /// <summary>PowerDNS Recursor that asks NSD.</summary>
    PowerDnsBeforeNsd,

    /// <summary>Knot Resolver that asks Knot DNS.</summary>
    KnotResolverBeforeKnot,

    /// <summary>dnsmasq with names of its own, which asks a BIND that wants cookies.</summary>
    DnsmasqBeforeBind,

    /// <summary>dnsmasq with names of its own, which asks a BIND that answers without cookies.</summary>
    DnsmasqBeforePlainBind,

    /// <summary>dnsmasq with names of its own, which asks Unbound.</summary>
    DnsmasqBeforeUnbound,
}
