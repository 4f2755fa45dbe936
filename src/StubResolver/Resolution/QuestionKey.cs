namespace StubResolver.Resolution;

/// <summary>A name and a type; names compare ignoring ASCII case (RFC 4343).</summary>
internal readonly record struct QuestionKey(string Name, DnsRecordType Type)
{
    private readonly int _hash = HashCode.Combine(StringComparer.OrdinalIgnoreCase.GetHashCode(Name), (int)Type); // once: a question is looked for several times

    public bool Equals(QuestionKey other) => Type == other.Type && string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => _hash;
}
