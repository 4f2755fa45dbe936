using System.Globalization;
using StubResolver.Tests.Wild;

namespace StubResolver.Tests.Transport;

/// <summary>A process that has used up its descriptors (ulimit -n), or nearly so.</summary>
public class DescriptorTests : WildTestBase
{
    [OnUnixTheory]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task ResolveAddressesAsync_NoDescriptorsLeft_FailsInsideTheBudgetAndWorksLater(string protocol)
    {
        string[] lines = await RunAsync(protocol, free: 0);

        lines.Should().Equal(Lines("answered", "DnsException", "answered"), "the process lives, and lookups work again");
    }

    [OnUnixTheory]
    [InlineData("udp", 1)]
    [InlineData("udp", 3)]
    [InlineData("tcp", 1)]
    public async Task ResolveAddressesAsync_FewDescriptorsLeft_WaitForOneAnother(string protocol, int free)
    {
        string[] lines = await RunAsync(protocol, free);

        lines.Should().Equal(Lines("answered", "answered", "answered"));
    }

    private Task<string[]> RunAsync(string protocol, int free)
    {
        WildServer server = StartWild(query => new WildReply(query).Address(query.Type == DnsRecordType.Aaaa ? "2001:db8::1" : "192.0.2.1"));
        string address = protocol == "tcp" ? $"tcp://{server.EndPoint}" : $"{server.EndPoint}";
        return ProcessOfItsOwn.RunWithDescriptorsAsync(limit: 256, ["descriptors", address, free.ToString(CultureInfo.InvariantCulture)]);
    }

    private static string[] Lines(string before, string meanwhile, string after) =>
        [$"before: {before}", $"meanwhile: {meanwhile}", $"after: {after}"];
}
