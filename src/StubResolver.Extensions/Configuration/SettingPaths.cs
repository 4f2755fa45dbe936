namespace StubResolver.Extensions.Configuration;

/// <summary>The paths of the settings that a configuration sets.</summary>
internal sealed class SettingPaths
{
    private readonly Dictionary<string, string> _paths = [];

    /// <param name="setting">The setting, as in "Cache.MaxTtl" or "Servers[1]".</param>
    /// <param name="path">The path, as in "Dns:Cache:MaxTtl".</param>
    public void Add(string setting, string path) => _paths[setting] = path;

    /// <summary>Makes validation call the settings by their paths; what another configuration set before keeps its own.</summary>
    public void AddTo(DnsResolverOptions options)
    {
        if (_paths.Count == 0)
        {
            return;
        }

        Func<string, string?>? before = options.DescribeSetting;
        options.DescribeSetting = setting => _paths.GetValueOrDefault(setting) ?? before?.Invoke(setting);
    }
}
