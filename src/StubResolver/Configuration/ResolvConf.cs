namespace StubResolver.Configuration;

/// <summary>What a resolv.conf, or what stands in for it on Windows and macOS, says. Immutable.</summary>
internal sealed record ResolvConf
{
    /// <summary>The longest file that is read, in octets.</summary>
    public const int MaxLength = 1024 * 1024;

    /// <summary>The most servers and the most suffixes that are used.</summary>
    public const int MaxEntries = 32;

    /// <summary>Gets the servers in order, each once; empty if there is no usable one.</summary>
    public IReadOnlyList<DnsServer> Servers { get; init; } = [];

    /// <summary>Gets the suffixes without trailing dots, "." for the root; <see langword="null"/> if none are set.</summary>
    public IReadOnlyList<string>? SearchDomains { get; init; }

    public ResolvConfOptions Options { get; init; }

    /// <summary>Gets the options that mean nothing here, the first few of them.</summary>
    public IReadOnlyList<string> UnknownOptions { get; init; } = [];

    /// <summary>Gets the lines that say nothing usable, the first few of them.</summary>
    public IReadOnlyList<string> IgnoredLines { get; init; } = [];

    /// <summary>Reads the text of a resolv.conf; what cannot be read is skipped.</summary>
    public static ResolvConf Parse(ReadOnlySpan<char> text)
    {
        ResolvConfBuilder builder = new();
        while (ConfigurationText.NextLine(ref text) is { IsEmpty: false } line)
        {
            builder.AddLine(line);
        }

        return builder.Build();
    }

    /// <summary>Reads the octets of a resolv.conf.</summary>
    public static ResolvConf Parse(ReadOnlySpan<byte> content) => Parse(ConfigurationText.Decode(content));

    /// <summary>Lets the environment have the last word, as resolv.conf(5) has it.</summary>
    /// <param name="resOptions">RES_OPTIONS: more options, which win.</param>
    /// <param name="localDomain">LOCALDOMAIN: the suffixes instead of the file's; set and blank means none.</param>
    public ResolvConf WithEnvironment(string? resOptions, string? localDomain)
    {
        ResolvConfBuilder builder = new(this);
        if (!builder.AddOptions(resOptions))
        {
            builder.Ignore($"RES_OPTIONS={resOptions}");
        }

        if (localDomain is not null && !builder.ReplaceSearchDomains(localDomain))
        {
            builder.Ignore($"LOCALDOMAIN={localDomain}");
        }

        return builder.Build();
    }
}
