using StubResolver.Wire;

namespace StubResolver.Resolution;

/// <summary>Collects why the servers did not answer one name, and says it with one error.</summary>
internal record struct FailureSummary
{
    private DnsError? _error;
    private DnsResponseCode? _code;
    private List<DnsExtendedError>? _extendedErrors;
    private bool _isAllLame;

    /// <summary>What the servers said about it (RFC 8914).</summary>
    public readonly IReadOnlyList<DnsExtendedError> ExtendedErrors => _extendedErrors ?? (IReadOnlyList<DnsExtendedError>)[];

    public void Add(DnsError error, Response? response = null, bool isLame = false)
    {
        _isAllLame = isLame && (_error is null || _isAllLame);
        if (_error is not { } known || Rank(error) < Rank(known))
        {
            _error = error;
            _code = response?.ResponseCode;
        }

        if (response?.Edns is { ExtendedErrors: { Count: > 0 } texts })
        {
            (_extendedErrors ??= []).AddRange(texts);
        }
    }

    /// <summary>Returns the outcome: a timeout where nobody said anything.</summary>
    /// <param name="hasSilentServer">Whether a server was waited for in vain.</param>
    public readonly RoundsResult ToResult(bool hasSilentServer) => new()
    {
        Error = this switch
        {
            { _isAllLame: true } when !hasSilentServer => DnsError.NoData,
            { _error: null } => DnsError.Timeout,
            { _error: DnsError.NetworkError } when hasSilentServer => DnsError.Timeout,
            _ => _error,
        },
        ResponseCode = _code,
        ExtendedErrors = ExtendedErrors,
    };

    // What a server said tells more than that another one was silent.
    private static int Rank(DnsError error) => error switch
    {
        DnsError.ServerFailure => 0,
        DnsError.Refused => 1,
        DnsError.MalformedResponse => 2,
        DnsError.Timeout => 3,
        _ => 4,
    };
}
