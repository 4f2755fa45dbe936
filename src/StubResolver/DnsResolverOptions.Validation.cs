using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StubResolver.Resolution;

namespace StubResolver;

/// <content>One list of rules for the constructor and for options validation.</content>
public sealed partial class DnsResolverOptions
{
    internal const int MaxAttempts = 3; // transmissions to a server (RFC 9520 §3.1)

    private const int MaxServers = 32;
    private const int MaxSearchDomains = 32;

    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_fiveMinutes = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_tenMinutes = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_week = TimeSpan.FromDays(7);

    /// <summary>Returns everything that is wrong: what the constructor of <see cref="DnsResolver"/> would throw.</summary>
    /// <returns>
    /// One sentence for each mistake, beginning with the property it is about, or with what <see cref="DescribeSetting"/> calls it; empty when the
    /// options can be used.
    /// </returns>
    public IReadOnlyList<string> GetErrors() => GetErrors(prefix: "");

    /// <summary>Returns everything that is wrong, with something before each property that a sentence begins with.</summary>
    internal IReadOnlyList<string> GetErrors(string prefix)
    {
        List<string> sentences = [];
        foreach (SettingError error in FindErrors())
        {
            sentences.Add(error.Write(DescribeSetting, prefix));
        }

        return sentences;
    }

    private List<SettingError> FindErrors()
    {
        List<SettingError> errors = [];
        AddServerErrors(errors);
        AddSearchErrors(errors);
        AddEnumErrors(errors);
        AddPositive(errors, nameof(LookupTimeout), LookupTimeout, s_tenMinutes);
        AddPositive(errors, nameof(AttemptTimeout), AttemptTimeout, s_minute);
        AddRange(errors, nameof(Attempts), Attempts, 1, MaxAttempts);
        if (SequentialPatience != Timeout.InfiniteTimeSpan)
        {
            AddRange(errors, nameof(SequentialPatience), SequentialPatience, TimeSpan.Zero, s_tenMinutes);
        }

        if (UdpPayloadSize != 0)
        {
            AddRange(errors, nameof(UdpPayloadSize), UdpPayloadSize, 512, 1400);
        }

        AddRange(errors, nameof(HedgeAfter), HedgeAfter, TimeSpan.Zero, s_minute);
        AddRange(errors, nameof(MaxConcurrentQueries), MaxConcurrentQueries, 1, ushort.MaxValue);
        AddRange(errors, nameof(MaxTcpConnectionsPerServer), MaxTcpConnectionsPerServer, 1, 64);
        AddCacheErrors(errors);
        return errors;
    }

    private void AddServerErrors(List<SettingError> errors)
    {
        if (Servers is null)
        {
            errors.Add(new(nameof(Servers), "must not be null; leave it empty for the system's servers."));
            return;
        }

        if (Servers.Count > MaxServers)
        {
            errors.Add(new(nameof(Servers), $"must have at most {MaxServers} servers, but has {Servers.Count}."));
        }

        for (int i = 0; i < Servers.Count; i++)
        {
            DnsServer? server = Servers[i];
            if (DescribeUnusable(server) is { } reason)
            {
                errors.Add(new($"{nameof(Servers)}[{i}]", $"{reason}."));
            }
            else if (IsRepeated(server!, i))
            {
                errors.Add(new($"{nameof(Servers)}[{i}]", $"'{server}' is there twice."));
            }
        }
    }

    private bool IsRepeated(DnsServer server, int index)
    {
        for (int i = 0; i < index; i++)
        {
            if (server.Equals(Servers[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static string? DescribeUnusable(DnsServer? server)
    {
        if (server is null)
        {
            return "must not be null";
        }

        if (server.UnreadableText is not null)
        {
            return $"'{server}' is not a DNS server: {DnsServerText.Expected}";
        }

        IPAddress address = server.SharedEndPoint.Address;
        return server switch
        {
            _ when server.SharedEndPoint.Port == 0 => $"'{server}' must have a port from 1 to 65535",
            { Protocol: not (DnsProtocol.Udp or DnsProtocol.Tcp) } => $"'{server}' has the unknown protocol {(int)server.Protocol}",
            _ when address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) => $"'{server}' is the unspecified address, not a server's",
            _ when address.Equals(IPAddress.Broadcast) => $"'{server}' is the broadcast address, not a server's",
            _ when IsMulticast(address) => $"'{server}' is a multicast address, not a server's",
            _ => null,
        };
    }

    private static bool IsMulticast(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6
        ? address.IsIPv6Multicast
        : address.GetAddressBytes()[0] is >= 224 and < 240;

    private void AddSearchErrors(List<SettingError> errors)
    {
        AddRange(errors, nameof(Ndots), Ndots, 0, 15);
        if (SearchDomains is null)
        {
            return;
        }

        if (SearchDomains.Count > MaxSearchDomains)
        {
            errors.Add(new(nameof(SearchDomains), $"must have at most {MaxSearchDomains} names, but has {SearchDomains.Count}."));
        }

        for (int i = 0; i < SearchDomains.Count; i++)
        {
            if (QueryName.GetError(SearchDomains[i]) is { } error)
            {
                errors.Add(new($"{nameof(SearchDomains)}[{i}]", error));
            }
        }
    }

    private void AddCacheErrors(List<SettingError> errors)
    {
        if (Cache is not { } cache)
        {
            errors.Add(new(nameof(Cache), "must not be null."));
            return;
        }

        AddRange(errors, "Cache.Capacity", cache.Capacity, 0, 100_000_000);
        AddRange(errors, "Cache.MinTtl", cache.MinTtl, TimeSpan.Zero, s_day);
        AddRange(errors, "Cache.MaxTtl", cache.MaxTtl, TimeSpan.Zero, s_week);
        AddRange(errors, "Cache.MaxNegativeTtl", cache.MaxNegativeTtl, TimeSpan.Zero, s_day);
        AddRange(errors, "Cache.FailureTtl", cache.FailureTtl, TimeSpan.Zero, s_fiveMinutes);
        AddRange(errors, "Cache.MaxFailureTtl", cache.MaxFailureTtl, TimeSpan.Zero, s_fiveMinutes);
        AddRange(errors, "Cache.MaxStale", cache.MaxStale, TimeSpan.Zero, s_week);
        if (cache.PrefetchThreshold is not (>= 0 and <= 0.9))
        {
            errors.Add(new(
                "Cache.PrefetchThreshold", string.Create(CultureInfo.InvariantCulture, $"must be from 0 to 0.9, but is {cache.PrefetchThreshold}.")));
        }

        AddNotOver(errors, "Cache.MinTtl", cache.MinTtl, "Cache.MaxTtl", cache.MaxTtl);
        AddNotOver(errors, "Cache.FailureTtl", cache.FailureTtl, "Cache.MaxFailureTtl", cache.MaxFailureTtl);
    }

    // Comparisons: Enum.IsDefined would reflect over each of them before the first lookup.
    private void AddEnumErrors(List<SettingError> errors)
    {
        if (Mode is < DnsResolverMode.Managed or > DnsResolverMode.Shadow)
        {
            AddUndefined(errors, nameof(Mode), Mode);
        }

        if (AddressQueryOrder is < DnsAddressOrder.Sequential or > DnsAddressOrder.Parallel)
        {
            AddUndefined(errors, nameof(AddressQueryOrder), AddressQueryOrder);
        }

        if (IPv6 is < DnsIPv6Mode.Auto or > DnsIPv6Mode.Never)
        {
            AddUndefined(errors, nameof(IPv6), IPv6);
        }
    }

    private static void AddUndefined(List<SettingError> errors, string name, Enum value) =>
        errors.Add(new(name, $"must be one of {string.Join(", ", Enum.GetNames(value.GetType()))}, but is {value}."));

    private static void AddPositive(List<SettingError> errors, string name, TimeSpan? value, TimeSpan max)
    {
        if (value <= TimeSpan.Zero || value > max)
        {
            errors.Add(new(name, $"must be positive and at most {max}, but is {value}."));
        }
    }

    private static void AddRange(List<SettingError> errors, string name, int? value, int min, int max)
    {
        if (value < min || value > max)
        {
            AddOutOfRange(errors, name, value, min, max);
        }
    }

    private static void AddRange(List<SettingError> errors, string name, TimeSpan? value, TimeSpan min, TimeSpan max)
    {
        if (value < min || value > max)
        {
            AddOutOfRange(errors, name, value, min, max);
        }
    }

    private static void AddOutOfRange(List<SettingError> errors, string name, object value, object min, object max) =>
        errors.Add(new(name, string.Create(CultureInfo.InvariantCulture, $"must be from {min} to {max}, but is {value}.")));

    private static void AddNotOver(List<SettingError> errors, string name, TimeSpan value, string maxName, TimeSpan max)
    {
        if (value > max)
        {
            errors.Add(new(name, "must not be over", maxName, $"({max}), but is {value}."));
        }
    }
}
