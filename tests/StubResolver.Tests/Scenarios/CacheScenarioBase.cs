using System.Net;
using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>Counts queries, and makes the replies that cache tests need.</summary>
public abstract class CacheScenarioBase : ScenarioTestBase
{
    private protected const string Name = "name.test";

    private protected static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private protected static int Count(DnsTestServer server, DnsRecordType? type = null, string? name = null) =>
        server.Queries.Count(query => (type is null || query.Type == type) && (name is null || query.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));

    private protected static DnsSoaRecord Soa(string zone, double ttl, double minimum) =>
        new(zone, Seconds(ttl), "ns.test", "admin.test", 1, Seconds(3600), Seconds(600), Seconds(86_400), Seconds(minimum));

    private protected static DnsAddressRecord Address(string name, string address, double ttl = 300) => new(name, Seconds(ttl), IPAddress.Parse(address));

    /// <summary>Makes a script that answers SERVFAIL while something is broken, else from the zone.</summary>
    private protected static Action<DnsTestQuery, DnsTestResponse> FailWhile(Func<bool> isBroken) => (_, response) =>
    {
        if (isBroken())
        {
            response.Code(DnsResponseCode.ServerFailure);
        }
    };

    /// <summary>Starts a server that knows <see cref="Name"/> with an address of each family.</summary>
    private protected DnsTestServer StartServer(double aaaaTtl, double aTtl) =>
        StartServer().AddAddress(Name, "2001:db8::1", Seconds(aaaaTtl)).AddAddress(Name, "192.0.2.1", Seconds(aTtl));

    private protected void Advance(double seconds) => Time.Advance(Seconds(seconds));
}
