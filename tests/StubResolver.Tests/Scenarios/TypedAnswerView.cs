namespace StubResolver.Tests.Scenarios;

/// <summary>What all answers have, whatever the type of their records.</summary>
internal sealed record TypedAnswerView(object Answer, string Name, string CanonicalName, DateTimeOffset ExpiresAt, bool IsStale, IReadOnlyList<DnsRecord> Records)
{
    public static TypedAnswerView Of<TRecord>(DnsAnswer<TRecord> answer)
        where TRecord : DnsRecord =>
        new(answer, answer.Name, answer.CanonicalName, answer.ExpiresAt, answer.IsStale, answer.Records);
}
