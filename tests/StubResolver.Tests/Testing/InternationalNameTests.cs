using System.Net;
using System.Net.Sockets;
using StubResolver.Testing;

namespace StubResolver.Tests.Testing;

/// <summary>International names in what tests are written with: a test says "bücher", and the code under test the A-label, or the other way round.</summary>
public class InternationalNameTests
{
    [Theory]
    [InlineData("bücher.test", "xn--bcher-kva.test")]
    [InlineData("xn--bcher-kva.test", "bücher.test")]
    [InlineData("BÜCHER.test.", "bücher.test")]
    [InlineData("bücher。test", "bücher.test.")]
    public async Task Names_OfEitherForm_AreOneName(string told, string asked)
    {
        await using DnsTestServer server = DnsTestServer.Start().AddAddress(told, "192.0.2.1").On("script." + told, (_, response) => response.AddAddress("192.0.2.2"));
        await using DnsResolver resolver = new(new DnsResolverOptions { Servers = [server.EndPoint], UseSearchList = false, IPv6 = DnsIPv6Mode.Never });
        FakeDnsResolver fake = new FakeDnsResolver().AddAddress(told, IPAddress.Loopback);

        (await resolver.ResolveAddressesAsync(asked)).GetAddresses().Should().Equal(IPAddress.Parse("192.0.2.1"));
        (await resolver.ResolveAddressesAsync("script." + asked)).GetAddresses().Should().Equal(IPAddress.Parse("192.0.2.2"));
        (await fake.ResolveAddressesAsync(asked, AddressFamily.Unspecified)).GetAddresses().Should().Equal(IPAddress.Loopback);
        fake.CallCount(told).Should().Be(1);
        await server.WaitForQueriesAsync(2);
        server.Queries[0].Name.Should().Be("xn--bcher-kva.test");
    }
}
