using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>The lookups of records of one type, by that type.</summary>
internal static class TypedLookup
{
    public static TheoryData<DnsRecordType> Types =>
        [DnsRecordType.Txt, DnsRecordType.Mx, DnsRecordType.Srv, DnsRecordType.Ns, DnsRecordType.CName, DnsRecordType.Soa, DnsRecordType.Ptr];

    public static async Task<TypedAnswerView> ResolveAsync(DnsResolver resolver, DnsRecordType type, string name) => type switch
    {
        DnsRecordType.Txt => TypedAnswerView.Of(await resolver.ResolveTxtAsync(name)),
        DnsRecordType.Mx => TypedAnswerView.Of(await resolver.ResolveMxAsync(name)),
        DnsRecordType.Srv => TypedAnswerView.Of(await resolver.ResolveSrvAsync(name)),
        DnsRecordType.Ns => TypedAnswerView.Of(await resolver.ResolveNsAsync(name)),
        DnsRecordType.CName => TypedAnswerView.Of(await resolver.ResolveCNameAsync(name)),
        DnsRecordType.Soa => TypedAnswerView.Of(await resolver.ResolveSoaAsync(name)),
        _ => TypedAnswerView.Of(await resolver.ResolvePtrAsync(name)),
    };

    /// <summary>Whether a lookup completes at once, with an answer; allocates nothing itself.</summary>
    public static bool IsHit(DnsResolver resolver, DnsRecordType type, string name) => type switch
    {
        DnsRecordType.Txt => IsHit(resolver.ResolveTxtAsync(name)),
        DnsRecordType.Mx => IsHit(resolver.ResolveMxAsync(name)),
        DnsRecordType.Srv => IsHit(resolver.ResolveSrvAsync(name)),
        DnsRecordType.Ns => IsHit(resolver.ResolveNsAsync(name)),
        DnsRecordType.CName => IsHit(resolver.ResolveCNameAsync(name)),
        DnsRecordType.Soa => IsHit(resolver.ResolveSoaAsync(name)),
        _ => IsHit(resolver.ResolvePtrAsync(name)),
    };

    /// <summary>Adds two records of a type, with different ranks where it has ranks; one where there can be only one.</summary>
    public static DnsTestServer AddRecords(this DnsTestServer server, DnsRecordType type, string name, double ttl)
    {
        TimeSpan life = TimeSpan.FromSeconds(ttl);
        DnsRecord[] records = type switch
        {
            DnsRecordType.Txt => [new DnsTxtRecord(name, life, ["one"]), new DnsTxtRecord(name, life, ["two"])],
            DnsRecordType.Mx => [new DnsMxRecord(name, life, 20, "second.test"), new DnsMxRecord(name, life, 10, "first.test")],
            DnsRecordType.Srv => [new DnsSrvRecord(name, life, 20, 1, 443, "second.test"), new DnsSrvRecord(name, life, 10, 1, 443, "first.test")],
            DnsRecordType.Ns => [new DnsNsRecord(name, life, "ns1.test"), new DnsNsRecord(name, life, "ns2.test")],
            DnsRecordType.CName => [new DnsCNameRecord(name, life, "other.test")],
            DnsRecordType.Soa => [new DnsSoaRecord(name, life, "ns.test", "admin.test", 1, life, life, life, life)],
            _ => [new DnsPtrRecord(name, life, "one.test"), new DnsPtrRecord(name, life, "two.test")],
        };
        return records.Aggregate(server, (server, record) => server.AddRecord(record));
    }

    public static bool IsHit<T>(ValueTask<T> lookup) => lookup.IsCompletedSuccessfully;
}
