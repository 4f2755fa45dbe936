using System.Text;
using StubResolver.Configuration;

namespace StubResolver.Tests.Scenarios;

/// <summary>A system of our own making: its resolv.conf and hosts file are texts, which the resolver sees change within 5 s of its clock.</summary>
internal sealed class FakeSystem : SystemSource
{
    private volatile string _resolvConf = "";
    private volatile string _hosts = "";
    private volatile int _version;

    public string ResolvConf
    {
        get => _resolvConf;
        set
        {
            _resolvConf = value;
            _version++;
        }
    }

    public string Hosts
    {
        get => _hosts;
        set
        {
            _hosts = value;
            _version++;
        }
    }

    /// <summary>Gets or sets a value indicating whether the host has an IPv6 address that leads anywhere.</summary>
    public bool HasIPv6 { get; set; } = true;

    public Dictionary<string, string> Variables { get; } = [];

    public override string? ResolvConfPath => "/fake/resolv.conf";

    public override string HostsPath => "/fake/hosts";

    public override bool SupportsIPv6 => HasIPv6;

    public Dictionary<string, bool> Switches { get; } = [];

    public override bool? GetSwitch(string name) => Switches.TryGetValue(name, out bool isEnabled) ? isEnabled : null;

    public override string? GetVariable(string name) => Variables.GetValueOrDefault(name);

    public override string GetHostDomain() => "";

    public override IReadOnlyList<NetworkAdapter>? GetAdapters() => null;

    public override FileRead Read(string path, int maxLength, FileStamp? known)
    {
        if (path != ResolvConfPath && path != HostsPath)
        {
            return new FileRead(FileReadStatus.Missing); // of /proc: SupportsIPv6 is asked instead
        }

        byte[] content = Encoding.UTF8.GetBytes(path == HostsPath ? _hosts : _resolvConf);
        FileStamp stamp = new(content.Length, new DateTime(1990, 1, 1, 0, 0, _version % 60, DateTimeKind.Utc), default);
        return stamp == known ? new FileRead(FileReadStatus.Unchanged, stamp) : new FileRead(FileReadStatus.Read, stamp, content);
    }
}
