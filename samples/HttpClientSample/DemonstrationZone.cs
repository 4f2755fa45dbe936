using StubResolver;
using StubResolver.Testing;

namespace HttpClientSample;

/// <summary>The names that the demonstration asks for, and the server that knows them.</summary>
internal static class DemonstrationZone
{
    public const string OneFamilyFails = "half.test";
    public const string Large = "large.test";
    public const string Alias = "www.shop.test";

    private const string Loopback = "127.0.0.1";

    public static DnsTestServer Start() => DnsTestServer.Start()
        .AddAddress(OneFamilyFails, Loopback)
        .On(OneFamilyFails, DnsRecordType.Aaaa, (_, response) => response.Code(DnsResponseCode.ServerFailure))
        .AddAddress(Large, Loopback)
        .On(Large, DnsRecordType.A, (_, response) => response.AddAdditional(Filling()))
        .AddCName(Alias, "shop.cdn.test", TimeSpan.FromSeconds(300))
        .AddCName("shop.cdn.test", "edge.cdn.test", TimeSpan.FromSeconds(20))
        .AddAddress("edge.cdn.test", Loopback, TimeSpan.FromSeconds(60))
        .AddAddress("one.test", Loopback)
        .AddAddress("two.test", Loopback)
        .AddAddress("three.test", Loopback);

    // 4,000 octets of text: the server has to truncate over UDP.
    private static DnsRecord[] Filling() =>
        [.. Enumerable.Range(0, 20).Select(i => new DnsTxtRecord(Large, TimeSpan.FromSeconds(300), [new string((char)('a' + i), 200)]))];
}
