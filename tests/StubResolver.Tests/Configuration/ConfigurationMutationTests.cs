using System.Net;
using System.Text;
using StubResolver.Configuration;

namespace StubResolver.Tests.Configuration;

public class ConfigurationMutationTests
{
    private const int Rounds = 100_000;
    private const int MaxLength = 256;

    private static readonly byte[][] s_files = [.. WildFiles.ResolvConfs.Concat(WildFiles.HostsFiles).Select(Encoding.UTF8.GetBytes)];

    private static readonly byte[][] s_words =
    [
        .. new[]
        {
            "nameserver ", "search ", "domain ", "options ", "sortlist ", "ndots:", "timeout:", "attempts:", "rotate ", "use-vc ", "no-reload ", "#", ";",
            "192.0.2.1", "2001:db8::1", "fe80::1%", "[", "]:", "%", "::", ".", "0", "9999999999", "-", " ", "\t", "\n", "\r\n", "\0", "\uFEFF", "host.test", "é",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    [Fact]
    public void Parse_RandomAndMutatedFiles_NeverThrowsAndStaysWithinBounds()
    {
        Random random = new(1035);
        int withServers = 0;
        int withHosts = 0;
        List<string> broken = [];
        for (int round = 0; round < Rounds; round++)
        {
            byte[] content = Next(random);

            ResolvConf resolvConf = ResolvConf.Parse(content).WithEnvironment(round % 16 == 0 ? Encoding.Latin1.GetString(content) : null, localDomain: null);
            HostsFile hosts = HostsFile.Parse(content);

            SystemSnapshot snapshot = SystemSnapshot.Create(resolvConf, hosts, LocalNetwork.Unknown);
            if (!IsWithinBounds(snapshot) || !HasDefaultsWhereNothingIsUsable(resolvConf, snapshot))
            {
                broken.Add(Convert.ToHexString(content));
            }

            withServers += resolvConf.Servers.Count > 0 ? 1 : 0;
            withHosts += hosts.Count > 0 ? 1 : 0;
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
            string ipv6 = ConfigurationText.Decode(Mutate([.. tables[0], .. tables[0]], random));
            string ipv4 = ConfigurationText.Decode(Mutate([.. tables[1], .. tables[1]], random));

            found += LinuxNetwork.Parse(ipv6, ipv4).Addresses.Count;
        }

        found.Should().BeGreaterThan(20_000, "most mutations leave an address");
    }

    private static bool IsWithinBounds(SystemSnapshot snapshot) =>
        snapshot.Servers.Count is >= 1 and <= 32
        && snapshot.Servers.Distinct().Count() == snapshot.Servers.Count
        && snapshot.Servers.All(server => server.EndPoint.Port > 0 && server.UnreadableText is null)
        && snapshot.SearchDomains.Count <= 32
        && snapshot.SearchDomains.All(suffix => suffix == "." || (suffix.Length is >= 1 and <= 253 && !suffix.StartsWith('.') && !suffix.EndsWith('.')))
        && snapshot.Ndots is null or (>= 0 and <= 15)
        && snapshot.Attempts is null or (>= 1 and <= 5)
        && (snapshot.AttemptTimeout is null || snapshot.AttemptTimeout.Value.TotalSeconds is >= 1 and <= 30);

    private static bool HasDefaultsWhereNothingIsUsable(ResolvConf resolvConf, SystemSnapshot snapshot) =>
        resolvConf.Servers.Count > 0
        || snapshot.Servers.Select(server => server.EndPoint.Address).SequenceEqual([IPAddress.Loopback, IPAddress.IPv6Loopback]);

    private static byte[] Next(Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                byte[] garbage = new byte[random.Next(MaxLength)];
                random.NextBytes(garbage);
                return garbage;
            case 1:
                return [.. Enumerable.Range(0, random.Next(1, 24)).SelectMany(_ => s_words[random.Next(s_words.Length)])];
            default:
                byte[] file = s_files[random.Next(s_files.Length)];
                int start = random.Next(file.Length);
                return Mutate(file[start..Math.Min(file.Length, start + MaxLength)], random);
        }
    }

    private static byte[] Mutate(byte[] content, Random random)
    {
        for (int changes = random.Next(1, 6); changes > 0 && content.Length > 0; changes--)
        {
            int position = random.Next(content.Length);
            switch (random.Next(4))
            {
                case 0:
                    content[position] = (byte)random.Next(256);
                    break;
                case 1:
                    content[position] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    content = [.. content[..position], .. s_words[random.Next(s_words.Length)], .. content[position..]];
                    break;
                default:
                    content = [.. content[..position], .. content[Math.Min(content.Length, position + random.Next(8))..]];
                    break;
            }
        }

        return content;
    }
}
