namespace StubResolver.Testing;

/// <summary>What a zone says about a question; negative where the authority section has an SOA (RFC 2308 §2).</summary>
internal sealed record ZoneAnswer(DnsResponseCode Code, IReadOnlyList<DnsRecord> Answer, IReadOnlyList<DnsRecord> Authority);
