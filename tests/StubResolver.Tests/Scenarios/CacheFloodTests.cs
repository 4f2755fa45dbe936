using System.Net.Sockets;
using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>Floods of random names and types through a whole resolver.</summary>
public sealed class CacheFloodTests : CacheScenarioBase
{
    [Fact]
    public async Task ResolveAddressesAsync_FloodOfRandomNames_LeavesANameThatIsUsedEverySecond()
    {
        const int Names = 3000;
        DnsTestServer server = StartWildcardServer();
        DnsResolver resolver = CreateResolver(options => options.Cache.Capacity = 200, server);
        DnsAnswer<DnsAddressRecord> hot = await resolver.ResolveAddressesAsync(Name);
        int most = 0;

        for (int i = 0; i < Names; i++)
        {
            await resolver.ResolveAddressesAsync($"n{i}.random.test", AddressFamily.InterNetwork);
            most = Math.Max(most, resolver.Pipeline.Engine.Cache.Count);
            if (i % 100 == 0)
            {
                Advance(1);
                (await resolver.ResolveAddressesAsync(Name)).Should().BeSameAs(hot);
            }
        }

        most.Should().Be(210);
        Count(server, name: Name).Should().Be(2);
        server.Queries.Should().HaveCount(Names + 2);
    }

    [Fact]
    public async Task QueryAsync_ManyTypesOfOneName_LeavesItsAddresses()
    {
        DnsTestServer server = StartServer(300, 300);
        DnsResolver resolver = CreateResolver(server);
        DnsAnswer<DnsAddressRecord> addresses = await resolver.ResolveAddressesAsync(Name);

        for (int type = 1000; type < 1200; type++)
        {
            await resolver.QueryAsync(Name, (DnsRecordType)type);
        }

        (await resolver.ResolveAddressesAsync(Name)).Should().BeSameAs(addresses);
        await resolver.ResolveAddressesAsync(Name + ".");
        await resolver.QueryAsync(Name, (DnsRecordType)1199);
        server.Queries.Should().HaveCount(202);
    }

    private DnsTestServer StartWildcardServer() => StartServer().OnAnyQuery((query, response) =>
        response.Code(DnsResponseCode.NoError).ClearRecords().AddAddress(query.Type == DnsRecordType.A ? "192.0.2.1" : "2001:db8::1", Seconds(300)));
}
