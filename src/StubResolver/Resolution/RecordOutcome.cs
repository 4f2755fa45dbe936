namespace StubResolver.Resolution;

/// <summary>How a lookup of records over the search list ended, for the name as typed.</summary>
/// <typeparam name="TRecord">The record type.</typeparam>
internal sealed class RecordOutcome<TRecord> : LookupOutcome
    where TRecord : DnsRecord
{
    /// <summary>The records; <see langword="null"/> on any error.</summary>
    public DnsAnswer<TRecord>? Answer
    {
        get => Volatile.Read(ref Content) as DnsAnswer<TRecord>;
        init => Content = value ?? Content;
    }

    /// <summary>Makes the outcome of a lookup.</summary>
    /// <param name="request">The lookup.</param>
    /// <param name="result">How the walk over the search list ended.</param>
    /// <param name="isKnown">Whether nobody had to be asked.</param>
    /// <param name="now">The date.</param>
    public static RecordOutcome<TRecord> Create(in RecordRequest request, in SearchResult<QuestionOutcome> result, bool isKnown, DateTimeOffset now)
    {
        DnsAnswer<TRecord>? answer = result.Decisive.Error is null
            ? TypedAnswer.Create<TRecord>(request.Typed, result.Decisive, now + result.Life, request.NeedsHostNames)
            : null;
        return answer is { Records.Count: > 0 }
            ? new RecordOutcome<TRecord> { IsKnown = isKnown, Life = result.Life, Answer = answer }
            : CreateFailure(result, isKnown);
    }

    private static RecordOutcome<TRecord> CreateFailure(in SearchResult<QuestionOutcome> result, bool isKnown)
    {
        QuestionOutcome decisive = result.Decisive;
        return new RecordOutcome<TRecord>
        {
            Error = decisive.Error ?? DnsError.MalformedResponse, // no target is a host name
            IsLame = decisive.IsLame,
            IsKnown = isKnown,
            ResponseCode = decisive.ResponseCode,
            Life = result.Life,
            Attempts = result.Attempts,
            ExtendedErrors = decisive.ExtendedErrors,
            LearntAt = isKnown ? decisive.GetLearntAt() : null,
            Source = decisive.Server,
        };
    }

    /// <summary>Returns what the cache keeps: a failure knows that it is remembered.</summary>
    public RecordOutcome<TRecord> AsRemembered(long now) => Error is null
        ? this
        : new RecordOutcome<TRecord> { Error = Error, ResponseCode = ResponseCode, Life = Life, Details = Details, LearntAt = LearntAt ?? now };

    protected override void SetExpiry(DateTimeOffset date)
    {
        if (Answer is { } answer)
        {
            Volatile.Write(ref Content, answer.WithExpiry(date));
        }
    }
}
