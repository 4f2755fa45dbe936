namespace StubResolver;

/// <summary>Ready-made policies for <see cref="DnsConnectorOptions.AddressPolicy"/>.</summary>
public static class DnsAddressPolicy
{
    /// <summary>Gets the policy that allows addresses of the public Internet only: the guard against forged requests (SSRF) and DNS rebinding.</summary>
    /// <remarks>
    /// <para>
    /// Refuses what the IANA special-purpose registries (RFC 6890) list as not globally reachable: unspecified, loopback, private, carrier-shared,
    /// link-local, unique local, site-local, multicast, documentation, benchmarking, protocol, discard and reserved addresses, all IPv6 outside 2000::/3,
    /// and the IPv6 forms of refused IPv4 addresses: IPv4-mapped, NAT64 (64:ff9b::/96), 6to4, Teredo and ISATAP. NAT64 of local use (64:ff9b:1::/48,
    /// RFC 8215) and IPv4-compatible addresses are refused altogether.
    /// </para>
    /// <para>
    /// It cannot know what a network made of public addresses: a NAT64 prefix of its own, or a platform's services behind one, as 168.63.129.16 in
    /// Azure. Add those: <c>target =&gt; DnsAddressPolicy.PublicOnly(target) &amp;&amp; !mine.Contains(target.Address)</c>.
    /// </para>
    /// </remarks>
    public static Func<DnsConnectionTarget, bool> PublicOnly { get; } = IsPublic;

    private static bool IsPublic(DnsConnectionTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return SpecialPurpose.Find(target.Address) is null;
    }
}
