using Microsoft.Extensions.Logging;

namespace StubResolver.Configuration;

/// <summary>Reads all that the system says, at first everything, later what has changed. Not thread-safe: one updater at a time.</summary>
internal sealed class SystemReader(SystemSource source, TimeProvider timeProvider, ILogger logger)
{
    private readonly ResolvConfReader _resolvConf = new(source, logger);
    private readonly HostsFileReader _hosts = new(source, logger);
    private readonly LocalNetworkReader _network = new(source);

    public SystemSnapshot Read()
    {
        DateTimeOffset now = timeProvider.GetUtcNow();
        IReadOnlyList<NetworkAdapter>? adapters = source.ResolvConfPath is null ? source.GetAdapters() : null;
        LocalNetwork network = _network.Current;
        _network.Refresh(adapters);
        _resolvConf.Refresh(now, adapters, isNetworkNew: !network.Addresses.SetEquals(_network.Current.Addresses));
        _hosts.Refresh(now);
        return new SystemSnapshot(_resolvConf.Current, _hosts.Current, _network.Current, source.DisablesIPv6, _resolvConf.Origin);
    }
}
