namespace StubResolver.Resolution;

/// <summary>The outcomes of the questions of one address lookup; <see langword="null"/> for a family that was not asked for.</summary>
internal readonly record struct FamilyOutcomes(QuestionOutcome? Aaaa, QuestionOutcome? A)
{
    public readonly QuestionOutcome? Aaaa = Aaaa;
    public readonly QuestionOutcome? A = A;

    /// <summary>Returns the error of the lookup, or <see langword="null"/> where it succeeds.</summary>
    public DnsError? GetError(bool requiresBoth) => (Aaaa, A) switch
    {
        ({ } aaaa, { } a) => FamilyErrors.Combine(aaaa.Error, a.Error, requiresBoth),
        ({ } aaaa, null) => aaaa.Error,
        (null, { } a) => a.Error,
        _ => DnsError.NoData,
    };

    /// <summary>Returns the family that decided: one with this error, else one with addresses.</summary>
    public QuestionOutcome? GetDecisive(DnsError? error) =>
        Aaaa is not null && Aaaa.Error == error ? Aaaa : A is not null && A.Error == error ? A : A ?? Aaaa;

    /// <summary>Returns the family that failed while the other one brought addresses.</summary>
    public QuestionOutcome? GetPartialFailure() => (Aaaa, A) switch
    {
        ({ Error: null }, { } a) when FamilyErrors.IsFailure(a.Error) => a,
        ({ } aaaa, { Error: null }) when FamilyErrors.IsFailure(aaaa.Error) => aaaa,
        _ => null,
    };

    /// <summary>Returns what the servers said about failures, AAAA first.</summary>
    public IReadOnlyList<DnsExtendedError> GetExtendedErrors() => [.. Aaaa?.ExtendedErrors ?? [], .. A?.ExtendedErrors ?? []];
}
