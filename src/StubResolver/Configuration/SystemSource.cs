namespace StubResolver.Configuration;

/// <summary>Where a system's configuration is read from: the only place that touches files, interfaces and the environment.</summary>
internal abstract class SystemSource
{
    /// <summary>Gets the path of resolv.conf; <see langword="null"/> where the network interfaces say what it would.</summary>
    public abstract string? ResolvConfPath { get; }

    public abstract string HostsPath { get; }

    /// <summary>Gets a value indicating whether the system can do IPv6 at all.</summary>
    public abstract bool SupportsIPv6 { get; }

    /// <summary>Gets a value indicating whether the program is told to do without IPv6, whatever the system can do.</summary>
    public bool DisablesIPv6 => IPv6Switch.IsDisabled(GetSwitch(IPv6Switch.Name), GetVariable(IPv6Switch.VariableName));

    public abstract string? GetVariable(string name);

    /// <summary>Returns a switch of the runtime (<see cref="AppContext"/>); <see langword="null"/> where it is not set.</summary>
    public abstract bool? GetSwitch(string name);

    /// <summary>Returns the domain this host is in; empty if it is in none.</summary>
    public abstract string GetHostDomain();

    /// <summary>Returns the network interfaces; <see langword="null"/> if the system does not tell.</summary>
    public abstract IReadOnlyList<NetworkAdapter>? GetAdapters();

    /// <summary>Reads a file, following links, unless it looks as it did.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxLength">The most octets to read.</param>
    /// <param name="known">How it looked when last read; <see langword="null"/> reads in any case.</param>
    public abstract FileRead Read(string path, int maxLength, FileStamp? known);
}
