using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace StubResolver.Configuration;

/// <summary>The system this process runs on.</summary>
internal sealed class OperatingSystemSource(string? resolvConfPath, string hostsPath) : SystemSource
{
    // What gethostname says; System.Net.NameResolution takes some 10 ms to load for it.
    private const string HostNamePath = "/proc/sys/kernel/hostname";
    private const int MaxHostNameLength = 1024;

    public OperatingSystemSource()
        : this(
            UsesAdapters() ? null : "/etc/resolv.conf",
            OperatingSystem.IsWindows() ? Path.Combine(Environment.SystemDirectory, "drivers", "etc", "hosts") : "/etc/hosts")
    {
    }

    public override string? ResolvConfPath { get; } = resolvConfPath;

    public override string HostsPath { get; } = hostsPath;

    public override bool SupportsIPv6 => Socket.OSSupportsIPv6;

    public override string? GetVariable(string name) => Environment.GetEnvironmentVariable(name);

    public override bool? GetSwitch(string name) => AppContext.TryGetSwitch(name, out bool isEnabled) ? isEnabled : null;

    public override string GetHostDomain()
    {
        if (OperatingSystem.IsLinux())
        {
            FileRead read = Read(HostNamePath, MaxHostNameLength, known: null);
            return GetDomain(ConfigurationText.Decode(read.Content.Span).Trim());
        }

        return GetPlatformDomain();
    }

    // Apart from its caller, which would load all that this names when it is compiled.
    private static string GetPlatformDomain()
    {
        try
        {
            return OperatingSystem.IsWindows() ? IPGlobalProperties.GetIPGlobalProperties().DomainName : GetDomain(Dns.GetHostName());
        }
        catch (Exception e) when (e is SocketException or NetworkInformationException or PlatformNotSupportedException)
        {
            return "";
        }
    }

    public override IReadOnlyList<NetworkAdapter>? GetAdapters()
    {
        if (OperatingSystem.IsAndroid())
        {
            return null;
        }

        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces().Select(ToAdapter)];
        }
        catch (Exception e) when (e is NetworkInformationException or PlatformNotSupportedException)
        {
            return null;
        }
    }

    public override FileRead Read(string path, int maxLength, FileStamp? known)
    {
        try
        {
            // The open file is asked, not the path: links are followed to the end, and stamp and content belong together.
            using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            FileStamp stamp = new(RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file), File.GetCreationTimeUtc(file), FileChange.Read(file));
            return stamp == known ? new FileRead(FileReadStatus.Unchanged, stamp)
                : stamp.Length <= maxLength && ReadToEnd(file, (int)stamp.Length, maxLength) is { } content ? new FileRead(FileReadStatus.Read, stamp, content)
                : new FileRead(FileReadStatus.TooLong, stamp);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new FileRead(FileReadStatus.Missing);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return new FileRead(FileReadStatus.Unreadable);
        }
    }

    /// <summary>Returns what follows the first label of a host's name; empty if nothing does.</summary>
    internal static string GetDomain(string hostName)
    {
        int dot = hostName.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? "" : hostName[(dot + 1)..];
    }

    // The length is only a guess: files of /proc have none, others may grow meanwhile.
    private static ReadOnlyMemory<byte>? ReadToEnd(SafeFileHandle file, int length, int maxLength)
    {
        byte[] buffer = new byte[length + 1];
        int total = 0;
        while (RandomAccess.Read(file, buffer.AsSpan(total), total) is var read and > 0)
        {
            total += read;
            if (total > maxLength)
            {
                return null;
            }

            if (total == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Max(4096, buffer.Length * 2));
            }
        }

        return buffer.AsMemory(0, total);
    }

    private static bool UsesAdapters() =>
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() || OperatingSystem.IsMacCatalyst() || OperatingSystem.IsIOS() || OperatingSystem.IsTvOS();

    private static NetworkAdapter ToAdapter(NetworkInterface source)
    {
        IPInterfaceProperties properties = source.GetIPProperties();
        return new NetworkAdapter
        {
            IsUp = source.OperationalStatus == OperationalStatus.Up,
            IsLoopback = source.NetworkInterfaceType == NetworkInterfaceType.Loopback,
            IsTunnel = source.NetworkInterfaceType == NetworkInterfaceType.Tunnel,
            HasGateway = properties.GatewayAddresses.Any(gateway => !gateway.Address.Equals(IPAddress.Any) && !gateway.Address.Equals(IPAddress.IPv6Any)),
            Servers = [.. properties.DnsAddresses],
            Suffix = properties.DnsSuffix,
            Addresses = [.. properties.UnicastAddresses.Select(unicast => unicast.Address)],
        };
    }
}
