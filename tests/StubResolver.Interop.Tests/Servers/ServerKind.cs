namespace StubResolver.Interop.Tests.Servers;

/// <summary>The servers that are asked.</summary>
public enum ServerKind
{
    /// <summary>BIND as the zones' own server; it wants cookies.</summary>
    Bind,

    /// <summary>Knot DNS as the zones' own server; it gives cookies.</summary>
    Knot,

    /// <summary>Unbound as a recursive resolver that has the zones at hand.</summary>
    Unbound,
}
