namespace StubResolver.Resolution;

/// <summary>Why every server failed a question so far; it may still be answered.</summary>
internal sealed record InterimFailure(DnsError Error, DnsResponseCode? ResponseCode, IReadOnlyList<DnsExtendedError> ExtendedErrors);
