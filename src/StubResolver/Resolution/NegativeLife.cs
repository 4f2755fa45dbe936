using StubResolver.Wire;

namespace StubResolver.Resolution;

/// <summary>How long a negative reply may be kept (RFC 2308 §5).</summary>
internal static class NegativeLife
{
    /// <summary>Finds the time that the zone of a name gives its negative answers; <see langword="false"/> where the reply does not tell.</summary>
    /// <param name="response">A negative reply.</param>
    /// <param name="target">The end of its alias chain.</param>
    /// <param name="life">The lesser of the TTL and the MINIMUM of the SOA record.</param>
    public static bool TryGet(Response response, string target, out TimeSpan life)
    {
        life = TimeSpan.Zero;
        if (!response.IsAuthorityWhole)
        {
            return false;
        }

        if (response.Zone is { } zone && IsZoneOf(zone, target))
        {
            life = TimeSpan.FromSeconds(response.NegativeSeconds);
            return true;
        }

        foreach (DnsRecord record in response.Answers)
        {
            if (record is DnsSoaRecord misplaced && IsZoneOf(misplaced.Name, target))
            {
                life = misplaced.Ttl < misplaced.Minimum ? misplaced.Ttl : misplaced.Minimum;
                return true;
            }
        }

        return false;
    }

    private static bool IsZoneOf(string zone, string name) => AliasChain.IsSameName(zone, name) || AliasChain.IsBelow(name, zone);
}
