using System.Net;
using StubResolver.Configuration;

namespace StubResolver.Tests.Configuration;

public class WildFileTests
{
    [Theory]
    [InlineData("kubelet", WildFiles.Kubelet, "198.51.100.10:53", "default.svc.cluster.test svc.cluster.test cluster.test eu-west.compute.example", 5)]
    [InlineData("systemd-resolved, stub", WildFiles.SystemdResolvedStub, "127.0.0.53:53", ".", null)]
    [InlineData("systemd-resolved, uplink", WildFiles.SystemdResolvedUplink, "192.0.2.1:53 192.0.2.2:53 [2001:db8::1]:53 [2001:db8::2]:53", "lan.example", null)]
    [InlineData("Docker", WildFiles.Docker, "127.0.0.11:53", "corp.example", 0)]
    [InlineData("dhclient", WildFiles.DhClient, "192.0.2.1:53 192.0.2.2:53 192.0.2.3:53", "branch.example example", null)]
    [InlineData("WSL", WildFiles.Wsl, "198.51.100.1:53", null, null)]
    [InlineData("NetworkManager", WildFiles.NetworkManager, "192.0.2.1:53 [fe80::1%1]:53 [2001:db8::53]:53 192.0.2.53:53", "home.example", null)]
    [InlineData("Alpine", WildFiles.Alpine, "192.0.2.1:53 192.0.2.2:53", null, null)]
    [InlineData("AKS", WildFiles.Aks, "198.51.100.10:53", "shop.svc.cluster.test svc.cluster.test cluster.test a1b2c3d4e5f6.ax.internal.example", 5)]
    [InlineData("macOS", WildFiles.MacOS, "[2001:db8::1]:53 192.0.2.1:53", "fritz.example", null)]
    public void Parse_ResolvConfAsSystemsWriteIt_IsUnderstood(string writer, string text, string servers, string? suffixes, int? ndots)
    {
        ResolvConf resolvConf = ResolvConf.Parse(text);

        string.Join(' ', resolvConf.Servers).Should().Be(servers, writer);
        ResolvConfTests.Join(resolvConf.SearchDomains).Should().Be(suffixes, writer);
        resolvConf.Options.Ndots.Should().Be(ndots, writer);
        resolvConf.UnknownOptions.Should().BeEmpty(writer);
    }

    [Fact]
    public void Parse_ResolvConfWithOptions_TakesThemAll()
    {
        ResolvConf.Parse(WildFiles.SystemdResolvedStub).Options.TrustAuthenticatedData.Should().BeTrue();
        ResolvConfOptions aks = ResolvConf.Parse(WildFiles.Aks).Options;
        (aks.AttemptTimeout, aks.Attempts).Should().Be((TimeSpan.FromSeconds(2), 3));
    }

    [Theory]
    [InlineData(WildFiles.KubernetesHosts, "localhost", "127.0.0.1 ::1")]
    [InlineData(WildFiles.KubernetesHosts, "shop-7c9d8b6f5-x2x7q", "198.51.100.23")]
    [InlineData(WildFiles.KubernetesHosts, "LEGACY", "192.0.2.9")]
    [InlineData(WildFiles.KubernetesHosts, "ip6-mcastprefix", "fe00::")]
    [InlineData(WildFiles.WindowsHosts, "gateway.docker.test", "192.0.2.20")]
    [InlineData(WildFiles.MacHosts, "localhost", "127.0.0.1 ::1 fe80::1%1")]
    [InlineData(WildFiles.MacHosts, "broadcasthost", "255.255.255.255")]
    public void Parse_HostsFileAsSystemsWriteIt_IsUnderstood(string text, string name, string expected)
    {
        HostsFile.Parse(text).TryGetAddresses(name, out IReadOnlyList<IPAddress>? addresses).Should().BeTrue();

        string.Join(' ', addresses!).Should().Be(expected);
    }

    [Fact]
    public void Parse_WindowsHosts_FindsNothingInItsComments()
    {
        HostsFile hosts = HostsFile.Parse(WildFiles.WindowsHosts);

        hosts.Count.Should().Be(2);
        hosts.TryGetNames(IPAddress.Parse("192.0.2.20"), out IReadOnlyList<string>? names).Should().BeTrue();
        names.Should().Equal("host.docker.test", "gateway.docker.test");
    }
}
