using System.Net;
using System.Net.Sockets;
using StubResolver.Resolution;

namespace StubResolver.Fuzz.Resolver;

/// <summary>One call of a resolver, and the types that it asks for.</summary>
/// <param name="Name">The name on the wire.</param>
/// <param name="Types">What is asked about it.</param>
/// <param name="ReportsNone">Whether it is a result, too, that there are no such records.</param>
/// <param name="Ask">Makes the call.</param>
internal sealed record Lookup(
    string Name, DnsRecordType[] Types, bool ReportsNone, Func<DnsResolver, CancellationToken, Task<IReadOnlyList<DnsRecord>>> Ask)
{
    private const int Names = 90; // some are asked for several times
    private const int LongestLabel = 63;

    private static readonly DnsRecordType[] s_strangeTypes =
    [
        DnsRecordType.Any, DnsRecordType.DName, (DnsRecordType)35, (DnsRecordType)43, (DnsRecordType)46, (DnsRecordType)64, (DnsRecordType)65, (DnsRecordType)257,
    ];

    /// <summary>Draws a lookup.</summary>
    /// <param name="random">The chance.</param>
    /// <param name="mayBeStrange">Whether types may be asked for that the zone does not know.</param>
    public static Lookup Next(Random random, bool mayBeStrange)
    {
        string name = CreateName(random.Next(Names), random.Next(8));
        switch (random.Next(12))
        {
            case 0:
                IPAddress address = CreateAddress(random);
                return new Lookup(ReverseName.From(address), [DnsRecordType.Ptr], false, (resolver, token) => ToRecords(resolver.ResolvePtrAsync(address, token)));
            case 1:
                return new Lookup(name, [DnsRecordType.Ptr], false, (resolver, token) => ToRecords(resolver.ResolvePtrAsync(name, token)));
            case 2:
                return new Lookup(name, [DnsRecordType.Srv], false, (resolver, token) => ToRecords(resolver.ResolveSrvAsync(name, token)));
            case 3:
                return new Lookup(name, [DnsRecordType.Mx], false, (resolver, token) => ToRecords(resolver.ResolveMxAsync(name, token)));
            case 4:
                return new Lookup(name, [DnsRecordType.Txt], false, (resolver, token) => ToRecords(resolver.ResolveTxtAsync(name, token)));
            case 5:
                return new Lookup(name, [DnsRecordType.CName], false, (resolver, token) => ToRecords(resolver.ResolveCNameAsync(name, token)));
            case 6:
                return new Lookup(name, [DnsRecordType.Ns], false, (resolver, token) => ToRecords(resolver.ResolveNsAsync(name, token)));
            case 7:
                return new Lookup(name, [DnsRecordType.Soa], false, (resolver, token) => ToRecords(resolver.ResolveSoaAsync(name, token)));
            case 8 or 9:
                DnsRecordType type = Draw.Of(random, mayBeStrange && random.Next(4) == 0 ? s_strangeTypes : Zone.Types);
                return new Lookup(name, [type], true, (resolver, token) => ToRecords(resolver.QueryAsync(name, type, token)));
            default:
                AddressFamily family = Draw.Of(random, AddressFamily.Unspecified, AddressFamily.InterNetwork, AddressFamily.InterNetworkV6);
                return new Lookup(name, GetTypes(family), false, (resolver, token) => ToRecords(resolver.ResolveAddressesAsync(name, family, token)));
        }
    }

    /// <summary>Returns a name: a plain one, one with the signs of services, or one as long as names can be.</summary>
    public static string CreateName(int number, int form) => form switch
    {
        0 => $"_service._tcp.n{number}.fuzz.test",
        1 => $"{new string('a', LongestLabel)}.{new string('b', LongestLabel)}.{new string('c', LongestLabel)}.{new string('d', LongestLabel - 16)}.n{number:D2}.fuzz.test",
        _ => $"n{number}.fuzz.test",
    };

    private static DnsRecordType[] GetTypes(AddressFamily family) => family switch
    {
        AddressFamily.InterNetwork => [DnsRecordType.A],
        AddressFamily.InterNetworkV6 => [DnsRecordType.Aaaa],
        _ => [DnsRecordType.A, DnsRecordType.Aaaa],
    };

    private static IPAddress CreateAddress(Random random) => random.Next(2) == 0
        ? new IPAddress([192, 0, 2, (byte)random.Next(256)])
        : new IPAddress([0x20, 0x01, 0x0D, 0xB8, .. Draw.Octets(random, 12)]);

    private static async Task<IReadOnlyList<DnsRecord>> ToRecords<TRecord>(ValueTask<DnsAnswer<TRecord>> answer)
        where TRecord : DnsRecord => (await answer).Records;
}
