namespace StubResolver.Resolution;

/// <summary>Orders mail exchanges as a client is to try them (RFC 5321 §5.1).</summary>
internal static class MxOrder
{
    /// <summary>Returns the records by preference; equal ones stay in the order received, which servers rotate.</summary>
    public static DnsMxRecord[] Arrange(IEnumerable<DnsMxRecord> records) => [.. records.OrderBy(record => record.Preference)];
}
