using System.Net;
using System.Text;
using StubResolver.Configuration;

namespace StubResolver.Tests.Configuration;

/// <summary>What is true of a configuration whatever the files say.</summary>
internal static class SnapshotBounds
{
    /// <summary>Reads the octets as resolv.conf, as RES_OPTIONS and as a hosts file, and says whether the outcome can be used.</summary>
    public static bool Hold(byte[] content)
    {
        HostsFile hosts = HostsFile.Parse(content);
        ResolvConf resolvConf = ResolvConf.Parse(content);
        ResolvConf[] readings = [resolvConf, resolvConf.WithEnvironment(Encoding.Latin1.GetString(content), localDomain: null)];
        return readings.All(reading => new SystemSnapshot(reading, hosts, LocalNetwork.Unknown) is var snapshot
            && IsWithinBounds(snapshot) && HasDefaultsWhereNothingIsUsable(reading, snapshot));
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
}
