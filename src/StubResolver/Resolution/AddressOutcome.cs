namespace StubResolver.Resolution;

/// <summary>How an address lookup ended, for the name as typed.</summary>
internal sealed class AddressOutcome : LookupOutcome
{
    /// <summary>The addresses; <see langword="null"/> on any error.</summary>
    public DnsAnswer<DnsAddressRecord>? Answer { get; init; }
}
