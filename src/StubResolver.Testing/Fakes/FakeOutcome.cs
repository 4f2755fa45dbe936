namespace StubResolver.Testing.Fakes;

/// <summary>How the look-up of a name ended; without records where there is an error.</summary>
internal sealed record FakeOutcome(DnsError? Error, string CanonicalName, IReadOnlyList<DnsRecord> Records)
{
    private DnsResponseCode? ResponseCode => Error switch
    {
        null or DnsError.NoData => DnsResponseCode.NoError,
        DnsError.NameNotFound => DnsResponseCode.NxDomain,
        DnsError.ServerFailure => DnsResponseCode.ServerFailure,
        DnsError.Refused => DnsResponseCode.Refused,
        _ => null,
    };

    public DnsAnswer<TRecord> ToAnswer<TRecord>(string name)
        where TRecord : DnsRecord => new(name, [.. Records.Cast<TRecord>()])
        {
            CanonicalName = CanonicalName,
            ResponseCode = ResponseCode ?? DnsResponseCode.NoError,
        };

    public DnsException ToException(string name) => new(Error ?? DnsError.Unknown, name) { ResponseCode = ResponseCode };
}
