namespace StubResolver.Resolution;

/// <summary>One lookup of records of one type.</summary>
/// <param name="Typed">The name as the caller wrote it.</param>
/// <param name="Name">The normalised name.</param>
/// <param name="Type">The type wanted.</param>
/// <param name="IsReverse">Whether the caller gave an address: its name is complete, though it has no trailing dot.</param>
/// <param name="FreshAfter">For a refresh: what is known must outlive this moment of the cache's clock; 0 for now.</param>
internal readonly record struct RecordRequest(string Typed, string Name, DnsRecordType Type, bool IsReverse = false, long FreshAfter = 0)
{
    /// <summary>Whether the search list does not apply.</summary>
    public bool IsFullyQualified => IsReverse || QueryName.IsFullyQualified(Typed);

    /// <inheritdoc cref="HostName.AreNeeded"/>
    public bool NeedsHostNames => HostName.AreNeeded(Type, IsReverse);
}
