namespace StubResolver.Resolution;

/// <summary>What lookups go by: the options, completed by what the system says. Immutable.</summary>
internal sealed record ResolverSettings
{
    public required TimeSpan LookupTimeout { get; init; }

    public required TimeSpan AttemptTimeout { get; init; }

    public required int Attempts { get; init; }

    public required DnsAddressOrder AddressQueryOrder { get; init; }

    public required TimeSpan SequentialPatience { get; init; }

    public required DnsIPv6Mode IPv6 { get; init; }

    public required bool RequireBothFamilies { get; init; }

    public required int UdpPayloadSize { get; init; }

    public required bool RandomizeCase { get; init; }

    public required bool UseHostsFile { get; init; }

    public required bool UseSearchList { get; init; }

    public required bool UseCookies { get; init; }

    public required bool RotateServers { get; init; }

    public required bool TrustAuthenticatedData { get; init; }

    public required IReadOnlyList<string> SearchDomains { get; init; }

    public required int Ndots { get; init; }

    public required TimeSpan? HedgeAfter { get; init; }

    public required DnsCacheOptions Cache { get; init; }
}
