namespace StubResolver.Resolution;

/// <summary>Makes the outcome of an address lookup: both families' records in the order to connect to them.</summary>
internal static class AddressAnswer
{
    public static AddressOutcome Create(string typed, in SearchResult<CandidateOutcome> result, QuestionContext context)
    {
        CandidateOutcome candidate = result.Decisive;
        if (result.Error is { } error)
        {
            return new AddressOutcome
            {
                Error = error,
                IsLame = candidate.IsLame,
                ResponseCode = candidate.ResponseCode,
                Life = result.Life,
                Attempts = result.Attempts,
                ExtendedErrors = candidate.ExtendedErrors,
            };
        }

        FamilyOutcomes families = candidate.Families;
        QuestionOutcome source = families.Aaaa is { Error: null } ? families.Aaaa : families.A!;
        return new AddressOutcome
        {
            Life = result.Life,
            Answer = new DnsAnswer<DnsAddressRecord>(Collect(families, context), typed)
            {
                CanonicalName = source.CanonicalName,
                ResponseCode = DnsResponseCode.NoError,
                ExpiresAt = context.Time.GetUtcNow() + (candidate.IsStale ? StaleRule.Life : result.Life),
                IsStale = candidate.IsStale,
                IsAuthenticated = families.Aaaa?.IsAuthenticated != false && families.A?.IsAuthenticated != false,
                Server = source.Server,
                PartialFailure = candidate.PartialFailure?.ToException(typed),
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
