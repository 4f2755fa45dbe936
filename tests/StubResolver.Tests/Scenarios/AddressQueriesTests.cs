using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

public sealed class AddressQueriesTests : ScenarioTestBase
{
    [Fact]
    public async Task ResolveAddressesAsync_HealthyServer_SendsAaaaThenAFromTwoPorts()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "192.0.2.1").AddAddress("a.test", "2001:db8::1");
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync("a.test");

        answer.Records.Should().HaveCount(2);
        server.Queries.Select(query => query.Type).Should().Equal(DnsRecordType.Aaaa, DnsRecordType.A);
        server.Queries.Select(query => query.Source.Port).Should().OnlyHaveUniqueItems();
    }
}
