namespace StubResolver.Resolution;

/// <summary>How a lookup of records over the search list ended.</summary>
internal sealed class RecordOutcome : LookupOutcome
{
    public required SearchResult<QuestionOutcome> Result { get; init; }

    public static RecordOutcome Create(in SearchResult<QuestionOutcome> result) =>
        new() { Error = result.Error, IsLame = result.Error is not null && result.Decisive.IsLame, Result = result };
}
