namespace StubResolver.Resolution;

/// <summary>A question's outcome as answers to queries, made when they are first asked for: an address lookup needs neither.</summary>
/// <param name="found">What they are made of: the outcome has one place for both.</param>
internal sealed class QueriedAnswers(object? found)
{
    public readonly object? Found = found;

    private DnsAnswer<DnsRecord>? _plain;
    private DnsAnswer<DnsRecord>? _dotted;

    /// <summary>Gets the answer for the name without a trailing dot.</summary>
    public ref DnsAnswer<DnsRecord>? Plain => ref _plain;

    /// <summary>Gets the answer for the name with a trailing dot.</summary>
    public ref DnsAnswer<DnsRecord>? Dotted => ref _dotted;
}
