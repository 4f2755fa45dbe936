namespace StubResolver.Resolution;

/// <summary>Makes the outcome of an address lookup: both families' records in the order to connect to them.</summary>
internal static class AddressAnswer
{
    /// <param name="typed">The name as typed, which the answer bears.</param>
    /// <param name="result">How the walk over the search list ended.</param>
    /// <param name="isKnown">Whether nobody had to be asked.</param>
    /// <param name="context">What the lookup began with.</param>
    /// <param name="now">The time on the cache's clock.</param>
    public static AddressOutcome Create(string typed, in SearchResult<CandidateOutcome> result, bool isKnown, QuestionContext context, long now)
    {
        CandidateOutcome candidate = result.Decisive;
        if (candidate.Error is { } error)
        {
            QuestionOutcome? decisive = candidate.Families.GetDecisive(error);
            return new AddressOutcome
            {
                Error = error,
                IsLame = candidate.IsLame,
                IsKnown = isKnown,
                ResponseCode = candidate.ResponseCode,
                Life = result.Life,
                Attempts = result.Attempts,
                ExtendedErrors = candidate.ExtendedErrors,
                LearntAt = isKnown ? decisive?.GetLearntAt() : null,
                Source = decisive?.Server,
            };
        }

        FamilyOutcomes families = candidate.Families;
        QuestionOutcome source = families.Aaaa is { Error: null } ? families.Aaaa : families.A!;
        return new AddressOutcome
        {
            IsKnown = isKnown,
            Life = result.Life,
            Answer = new DnsAnswer<DnsAddressRecord>(Collect(families, context), typed)
            {
                CanonicalName = source.CanonicalName,
                ResponseCode = DnsResponseCode.NoError,
                ExpiresAt = context.Time.GetUtcNow() + (candidate.IsStale ? StaleRule.Life : result.Life),
                IsStale = candidate.IsStale,
                IsAuthenticated = families.Aaaa?.IsAuthenticated != false && families.A?.IsAuthenticated != false,
                Server = source.Server,
                PartialFailure = candidate.PartialFailure?.ToException(typed, now),
            },
        };
    }

    private static DnsAddressRecord[] Collect(in FamilyOutcomes families, QuestionContext context)
    {
        int aaaaCount = families.Aaaa?.RecordCount ?? 0;
        DnsAddressRecord[] records = new DnsAddressRecord[aaaaCount + (families.A?.RecordCount ?? 0)];
        for (int i = 0; i < records.Length; i++)
        {
            records[i] = (DnsAddressRecord)(i < aaaaCount ? families.Aaaa!.GetRecord(i) : families.A!.GetRecord(i - aaaaCount));
        }

        AddressSorter.Sort(records, context.FindSource);
        return records;
    }
}
