using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace StubResolver.Configuration;

/// <summary>The entries of a hosts file (hosts(5)). Immutable and thread-safe.</summary>
internal sealed class HostsFile
{
    /// <summary>The longest file that is read, in octets; block lists of several MiB are in use.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    private readonly Dictionary<string, IReadOnlyList<IPAddress>> _addresses;
    private readonly Dictionary<IPAddress, List<string>> _names;
    private readonly Dictionary<string, string> _canonicalNames;

    /// <summary>Takes over what a builder has collected.</summary>
    /// <param name="addresses">The addresses of each name.</param>
    /// <param name="names">The names of each address.</param>
    /// <param name="canonicalNames">The first name of the first line of each name that stands behind another one there.</param>
    public HostsFile(
        Dictionary<string, IReadOnlyList<IPAddress>> addresses, Dictionary<IPAddress, List<string>> names, Dictionary<string, string> canonicalNames) =>
        (_addresses, _names, _canonicalNames) = (addresses, names, canonicalNames);

    /// <summary>The hosts file without entries.</summary>
    public static readonly HostsFile Empty = new([], [], []);

    /// <summary>Gets the number of names.</summary>
    public int Count => _addresses.Count;

    /// <summary>Reads the text of a hosts file; lines that cannot be read are skipped.</summary>
    public static HostsFile Parse(ReadOnlySpan<char> text)
    {
        HostsFileBuilder builder = new();
        while (ConfigurationText.NextLine(ref text) is { IsEmpty: false } line)
        {
            builder.AddLine(line);
        }

        return builder.Build();
    }

    /// <summary>Reads the octets of a hosts file.</summary>
    public static HostsFile Parse(ReadOnlySpan<byte> content) => Parse(ConfigurationText.Decode(content));

    /// <summary>Finds the addresses of a name without trailing dot, in any case, in the order of the file.</summary>
    public bool TryGetAddresses(string name, [NotNullWhen(true)] out IReadOnlyList<IPAddress>? addresses) =>
        _addresses.TryGetValue(name, out addresses);

    /// <summary>Returns the name that a name in the file is an alias of: the first one of its first line (hosts(5)); itself where it is that.</summary>
    public string GetCanonicalName(string name) => _canonicalNames.GetValueOrDefault(name, name);

    /// <summary>Finds the names of an address, in the order of the file.</summary>
    public bool TryGetNames(IPAddress address, [NotNullWhen(true)] out IReadOnlyList<string>? names)
    {
        bool isFound = _names.TryGetValue(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, out List<string>? found);
        names = found;
        return isFound;
    }
}
