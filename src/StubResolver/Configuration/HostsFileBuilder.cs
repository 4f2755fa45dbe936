using System.Net;

namespace StubResolver.Configuration;

/// <summary>Collects the lines of a hosts file. Its time is linear in the text, also where one name has very many addresses.</summary>
internal sealed class HostsFileBuilder
{
    private const int MaxNameLength = 255;

    /// <summary>Up to here a list is searched from end to end; beyond it a set remembers what is in it.</summary>
    private const int CrowdedCount = 16;

    private readonly Dictionary<string, IReadOnlyList<IPAddress>> _addresses = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<IPAddress, List<string>> _names = [];
    private readonly Dictionary<string, string> _canonicalNames = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<object, HashSet<IPAddress>> _crowded = new(ReferenceEqualityComparer.Instance);

    // Block lists repeat one address on every line: its names share the address and the list of one.
    private string _lastText = "";
    private IPAddress[] _lastAddress = [];

    /// <summary>Adds "address name name …"; a line that begins with anything but an address is skipped.</summary>
    public void AddLine(ReadOnlySpan<char> line)
    {
        int comment = line.IndexOf('#');
        line = comment < 0 ? line : line[..comment];
        ReadOnlySpan<char> addressText = ConfigurationText.NextWord(ref line);
        if (addressText.IsEmpty || !TrySetAddress(addressText))
        {
            return;
        }

        string? canonicalName = null;
        while (ConfigurationText.NextWord(ref line) is { IsEmpty: false } word)
        {
            ReadOnlySpan<char> name = word is [.., '.'] ? word[..^1] : word;
            if (name.Length is > 0 and <= MaxNameLength)
            {
                string text = name.ToString();
                Add(text, canonicalName ??= text, _lastAddress);
            }
        }
    }

    public HostsFile Build() => new(_addresses, _names, _canonicalNames);

    private bool TrySetAddress(ReadOnlySpan<char> text)
    {
        if (text.SequenceEqual(_lastText))
        {
            return true;
        }

        if (!DnsServerText.TryParseAddress(text, out IPAddress? address))
        {
            return false;
        }

        _lastAddress = [address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address];
        _lastText = text.ToString();
        return true;
    }

    private void Add(string name, string canonicalName, IPAddress[] address)
    {
        if (!_addresses.TryGetValue(name, out IReadOnlyList<IPAddress>? known))
        {
            _addresses.Add(name, address);
            if (!ReferenceEquals(name, canonicalName))
            {
                _canonicalNames.Add(name, canonicalName);
            }
        }
        else if (Contains(known, address[0]))
        {
            return;
        }
        else if (known is List<IPAddress> many)
        {
            many.Add(address[0]);
        }
        else
        {
            _addresses[name] = new List<IPAddress> { known[0], address[0] };
        }

        AddName(address[0], name);
    }

    private void AddName(IPAddress address, string name)
    {
        if (!_names.TryGetValue(address, out List<string>? names))
        {
            _names.Add(address, names = []);
        }

        names.Add(name);
    }

    private bool Contains(IReadOnlyList<IPAddress> known, IPAddress address)
    {
        if (known.Count < CrowdedCount)
        {
            return IsAmong(known, address);
        }

        if (!_crowded.TryGetValue(known, out HashSet<IPAddress>? all))
        {
            _crowded.Add(known, all = [.. known]);
        }

        return !all.Add(address);
    }

    private static bool IsAmong(IReadOnlyList<IPAddress> known, IPAddress address)
    {
        for (int i = 0; i < known.Count; i++)
        {
            if (known[i].Equals(address))
            {
                return true;
            }
        }

        return false;
    }
}
