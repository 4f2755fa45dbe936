using Microsoft.Extensions.Configuration;

namespace StubResolver.Extensions.Configuration;

/// <summary>Reads the options of a resolver from configuration, without reflection.</summary>
internal static class OptionsReader
{
    /// <summary>Sets what the configuration says, and returns everything that cannot be read, which is not set. Ranges are left to the validation.</summary>
    public static IReadOnlyList<string> Read(IConfiguration configuration, DnsResolverOptions options)
    {
        List<string> errors = [];
        SettingPaths paths = new();
        if (configuration is IConfigurationSection section)
        {
            if (!SectionReader.IsSection(section, errors))
            {
                return errors;
            }

            paths.Add("", section.Path);
        }

        ReadAll(new SectionReader(configuration, errors, paths), options);
        paths.AddTo(options);
        return errors;
    }

    private static void ReadAll(SectionReader reader, DnsResolverOptions options)
    {
        ReadServers(reader, options);
        ReadLookups(reader, options);
        ReadTransport(reader, options);
        reader.ReadSection(nameof(options.Cache), cache => ReadCache(cache, options.Cache ??= new DnsCacheOptions()));
        reader.ReportUnknownKeys();
    }

    private static void ReadServers(SectionReader reader, DnsResolverOptions options)
    {
        reader.ReadList<DnsServer>(nameof(options.Servers), ReadServer, value => options.Servers = value);
        reader.Read<bool>(nameof(options.RotateServers), ValueText.ReadBoolean, value => options.RotateServers = value);
        reader.Read<bool>(nameof(options.TrustAuthenticatedData), ValueText.ReadBoolean, value => options.TrustAuthenticatedData = value);
    }

    private static void ReadLookups(SectionReader reader, DnsResolverOptions options)
    {
        reader.Read<DnsResolverMode>(nameof(options.Mode), ValueText.ReadEnum, value => options.Mode = value);
        reader.Read<TimeSpan>(nameof(options.LookupTimeout), ValueText.ReadTime, value => options.LookupTimeout = value);
        reader.Read<TimeSpan>(nameof(options.AttemptTimeout), ValueText.ReadTime, value => options.AttemptTimeout = value);
        reader.Read<int>(nameof(options.Attempts), ValueText.ReadInt32, value => options.Attempts = value);
        reader.Read<DnsAddressOrder>(nameof(options.AddressQueryOrder), ValueText.ReadEnum, value => options.AddressQueryOrder = value);
        reader.Read<TimeSpan>(nameof(options.SequentialPatience), ValueText.ReadTimeOrInfinite, value => options.SequentialPatience = value);
        reader.Read<DnsIPv6Mode>(nameof(options.IPv6), ValueText.ReadEnum, value => options.IPv6 = value);
        reader.Read<bool>(nameof(options.RequireBothFamilies), ValueText.ReadBoolean, value => options.RequireBothFamilies = value);
        reader.Read<bool>(nameof(options.UseHostsFile), ValueText.ReadBoolean, value => options.UseHostsFile = value);
        reader.Read<bool>(nameof(options.UseSearchList), ValueText.ReadBoolean, value => options.UseSearchList = value);
        reader.ReadList<string>(nameof(options.SearchDomains), ReadName, value => options.SearchDomains = value, mayBeEmpty: true);
        reader.Read<int>(nameof(options.Ndots), ValueText.ReadInt32, value => options.Ndots = value);
    }

    private static void ReadTransport(SectionReader reader, DnsResolverOptions options)
    {
        reader.Read<int>(nameof(options.UdpPayloadSize), ValueText.ReadInt32, value => options.UdpPayloadSize = value);
        reader.Read<bool>(nameof(options.RandomizeCase), ValueText.ReadBoolean, value => options.RandomizeCase = value);
        reader.Read<bool>(nameof(options.UseCookies), ValueText.ReadBoolean, value => options.UseCookies = value);
        reader.Read<TimeSpan>(nameof(options.HedgeAfter), ValueText.ReadTime, value => options.HedgeAfter = value);
        reader.Read<int>(nameof(options.MaxConcurrentQueries), ValueText.ReadInt32, value => options.MaxConcurrentQueries = value);
        reader.Read<int>(nameof(options.MaxTcpConnectionsPerServer), ValueText.ReadInt32, value => options.MaxTcpConnectionsPerServer = value);
    }

    private static void ReadCache(SectionReader reader, DnsCacheOptions cache)
    {
        reader.Read<int>(nameof(cache.Capacity), ValueText.ReadInt32, value => cache.Capacity = value);
        reader.Read<TimeSpan>(nameof(cache.MinTtl), ValueText.ReadTime, value => cache.MinTtl = value);
        reader.Read<TimeSpan>(nameof(cache.MaxTtl), ValueText.ReadTime, value => cache.MaxTtl = value);
        reader.Read<TimeSpan>(nameof(cache.MaxNegativeTtl), ValueText.ReadTime, value => cache.MaxNegativeTtl = value);
        reader.Read<TimeSpan>(nameof(cache.FailureTtl), ValueText.ReadTime, value => cache.FailureTtl = value);
        reader.Read<TimeSpan>(nameof(cache.MaxFailureTtl), ValueText.ReadTime, value => cache.MaxFailureTtl = value);
        reader.Read<TimeSpan>(nameof(cache.MaxStale), ValueText.ReadTime, value => cache.MaxStale = value);
        reader.Read<double>(nameof(cache.PrefetchThreshold), ValueText.ReadDouble, value => cache.PrefetchThreshold = value);
    }

    private static string? ReadServer(string text, out DnsServer server)
    {
        bool isServer = DnsServer.TryParse(text, out DnsServer? result);
        server = result!;
        return isServer ? null : "is not a DNS server: write an address as in 10.0.0.10, 10.0.0.10:5353, [fd00::10]:53 or tcp://10.0.0.10";
    }

    private static string? ReadName(string text, out string name)
    {
        name = text.Trim();
        return null;
    }
}
