using System.Net.Sockets;

namespace StubResolver.Resolution;

/// <summary>One address lookup.</summary>
/// <param name="Typed">The name as the caller wrote it.</param>
/// <param name="Name">The normalised name.</param>
/// <param name="Family">The family wanted.</param>
/// <param name="FreshAfter">For a refresh: what is known must outlive this moment of the cache's clock; 0 for now.</param>
/// <param name="IsBackground">Whether nobody waits for it: its questions leave only while a slot is free.</param>
internal readonly record struct LookupRequest(string Typed, string Name, AddressFamily Family, long FreshAfter = 0, bool IsBackground = false)
{
    public readonly string Typed = Typed;
    public readonly string Name = Name;
    public readonly AddressFamily Family = Family;
    public readonly long FreshAfter = FreshAfter;
    public readonly bool IsBackground = IsBackground;
}
