using System.Net;
using Microsoft.Extensions.Time.Testing;
using StubResolver.Configuration;

namespace StubResolver.Tests.Configuration;

/// <summary>A configuration over a fake system and a fake clock, and what it reported.</summary>
public abstract class SystemConfigurationTestBase : IDisposable
{
    private protected const string ResolvConfPath = FakeSystem.ResolvConfFile;
    private protected const string HostsPath = FakeSystem.HostsFilePath;

    private readonly List<SystemConfiguration> _started = [];

    private protected FakeSystem Machine { get; init; } = new();

    private protected FakeTimeProvider Time { get; } = new();

    private protected LogRecorder Log { get; } = new();

    /// <summary>Gets what was reported, in order.</summary>
    private protected List<(SystemSnapshot Snapshot, SystemChanges Changes)> Reports { get; } = [];

    public void Dispose()
    {
        _started.ForEach(configuration => configuration.Dispose());
        GC.SuppressFinalize(this);
    }

    private protected SystemConfiguration Start()
    {
        SystemConfiguration configuration = new(Machine, Time, Log);
        configuration.Changed += (snapshot, changes) => Reports.Add((snapshot, changes));
        _started.Add(configuration);
        return configuration;
    }

    /// <summary>Lets the time for a check come, of configurations that are in use.</summary>
    private protected void NextCheck()
    {
        _started.ForEach(configuration => configuration.Use());
        Time.Advance(TimeSpan.FromSeconds(5));
    }

    private protected static IEnumerable<string> Servers(SystemConfiguration configuration) =>
        configuration.Current.Servers.Select(server => server.ToString());

    private protected static IReadOnlyList<IPAddress> Addresses(SystemConfiguration configuration, string name) =>
        configuration.Current.Hosts.TryGetAddresses(name, out IReadOnlyList<IPAddress>? addresses) ? addresses : [];
}
