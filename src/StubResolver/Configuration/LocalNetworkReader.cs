namespace StubResolver.Configuration;

/// <summary>Keeps the addresses of this host. Not thread-safe.</summary>
internal sealed class LocalNetworkReader(SystemSource source)
{
    private ReadOnlyMemory<byte>? _ipv6Text;
    private ReadOnlyMemory<byte>? _ipv4Text;

    public LocalNetwork Current { get; private set; } = LocalNetwork.Unknown;

    /// <summary>Looks at the addresses again; those that cannot be read stay as they were.</summary>
    /// <param name="adapters">The network interfaces, where they are asked; else Linux' own texts are read.</param>
    public void Refresh(IReadOnlyList<NetworkAdapter>? adapters)
    {
        if (adapters is not null)
        {
            Current = LocalNetwork.FromAdapters(adapters);
        }
        else if (source.ResolvConfPath is not null)
        {
            RefreshFromTexts();
        }
    }

    private void RefreshFromTexts()
    {
        FileRead ipv6 = source.Read(LinuxNetwork.IPv6Path, LinuxNetwork.MaxLength, known: null);
        FileRead ipv4 = source.Read(LinuxNetwork.IPv4Path, LinuxNetwork.MaxLength, known: null);
        if (Replace(ref _ipv6Text, ipv6) | Replace(ref _ipv4Text, ipv4))
        {
            Current = LinuxNetwork.Parse(Decode(_ipv6Text), Decode(_ipv4Text));
        }

        if (ipv6.Status == FileReadStatus.Missing)
        {
            // Linux has no such file where IPv6 was switched off at boot; other systems never have it.
            Current = Current with { HasRoutableIPv6 = source.SupportsIPv6 };
        }
    }

    private static bool Replace(ref ReadOnlyMemory<byte>? text, FileRead read)
    {
        if (read.Status != FileReadStatus.Read || (text is { } known && read.Content.Span.SequenceEqual(known.Span)))
        {
            return false;
        }

        text = read.Content;
        return true;
    }

    private static string? Decode(ReadOnlyMemory<byte>? text) => text is { } known ? ConfigurationText.Decode(known.Span) : null;
}
