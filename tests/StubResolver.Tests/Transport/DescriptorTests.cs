using StubResolver.Tests.Wild;

namespace StubResolver.Tests.Transport;

/// <summary>A process that has used up its descriptors (ulimit -n).</summary>
public class DescriptorTests : WildTestBase
{
    [OnUnixTheory]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task ResolveAddressesAsync_NoDescriptorsLeft_FailsInsideTheBudgetAndWorksLater(string protocol)
    {
        WildServer server = StartWild(query => new WildReply(query).Address(query.Type == DnsRecordType.Aaaa ? "2001:db8::1" : "192.0.2.1"));
        string address = protocol == "tcp" ? $"tcp://{server.EndPoint}" : $"{server.EndPoint}";

        string[] lines = await ProcessOfItsOwn.RunWithDescriptorsAsync(limit: 256, ["descriptors", address]);

        lines.Should().Equal(["before: answered", "meanwhile: DnsException", "after: answered"], "the process lives, and lookups work again");
    }
}
