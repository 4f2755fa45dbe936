using System.Text;
using StubResolver.Configuration;

namespace StubResolver.Tests.Configuration;

public class ConfigurationMutationTests
{
    private const int Rounds = 100_000;

    [Fact]
    public void Parse_RandomAndMutatedFiles_NeverThrowsAndStaysWithinBounds()
    {
        Random random = new(1035);
        int withServers = 0;
        int withHosts = 0;
        List<string> broken = [];
        for (int round = 0; round < Rounds; round++)
        {
            byte[] content = FileMutation.Next(random);

            if (!SnapshotBounds.Hold(content))
            {
                broken.Add(Convert.ToHexString(content));
            }

            withServers += ResolvConf.Parse(content).Servers.Count > 0 ? 1 : 0;
            withHosts += HostsFile.Parse(content).Count > 0 ? 1 : 0;
        }

        broken.Should().BeEmpty();
        withServers.Should().BeInRange(Rounds / 20, Rounds * 19 / 20, "mutations that are all accepted or all rejected would show nothing");
        withHosts.Should().BeInRange(Rounds / 20, Rounds * 19 / 20, "mutations that are all accepted or all rejected would show nothing");
    }

    [Fact]
    public void Parse_RandomAndMutatedTables_NeverThrows()
    {
        Random random = new(4291);
        byte[][] tables = [Encoding.ASCII.GetBytes("20010db8000000000000000000000002 04 40 00 80     eth0\n"), Encoding.ASCII.GetBytes("  |-- 192.0.2.2\n     /32 host LOCAL\n")];
        int found = 0;
        for (int round = 0; round < 20_000; round++)
        {
            string ipv6 = ConfigurationText.Decode(FileMutation.Mutate([.. tables[0], .. tables[0]], random));
            string ipv4 = ConfigurationText.Decode(FileMutation.Mutate([.. tables[1], .. tables[1]], random));

            found += LinuxNetwork.Parse(ipv6, ipv4).Addresses.Count;
        }

        found.Should().BeGreaterThan(20_000, "most mutations leave an address");
    }
}
