using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace StubResolver.Extensions.Tests.Configuration;

/// <summary>A mistake in every setting at once: one exception when the host starts, with a sentence for each that begins with its path.</summary>
public class EverySettingMistakeTests
{
    private static readonly Dictionary<string, string> s_unreadable = new()
    {
        ["Servers"] = "dns.example", ["Mode"] = "Manged", ["LookupTimeout"] = "10", ["AttemptTimeout"] = "-00:00:05", ["Attempts"] = "three",
        ["AddressQueryOrder"] = "Random", ["SequentialPatience"] = "250ms", ["IPv6"] = "1", ["RequireBothFamilies"] = "yes", ["UdpPayloadSize"] = "1.5",
        ["RandomizeCase"] = "1", ["UseHostsFile"] = "on", ["UseSearchList"] = "off", ["UseCookies"] = "no", ["RotateServers"] = "rotate",
        ["TrustAuthenticatedData"] = "2", ["SearchDomains:0"] = "", ["Ndots"] = "0x1", ["HedgeAfter"] = "24:00:00", ["MaxConcurrentQueries"] = "1,000",
        ["MaxTcpConnectionsPerServer"] = "99999999999", ["Cache:Capacity"] = "lots", ["Cache:MinTtl"] = "5", ["Cache:MaxTtl"] = "1 d",
        ["Cache:MaxNegativeTtl"] = "300", ["Cache:FailureTtl"] = "-1", ["Cache:MaxFailureTtl"] = "00:00:60", ["Cache:MaxStale"] = "Infinite",
        ["Cache:PrefetchThreshold"] = "10%",
    };

    private static readonly Dictionary<string, string> s_outOfRange = new()
    {
        ["Servers:0"] = "0.0.0.0", ["LookupTimeout"] = "00:20:00", ["AttemptTimeout"] = "00:02:00", ["Attempts"] = "99", ["SequentialPatience"] = "01:00:00",
        ["UdpPayloadSize"] = "100", ["SearchDomains:0"] = "a..b", ["Ndots"] = "16", ["HedgeAfter"] = "00:02:00", ["MaxConcurrentQueries"] = "0",
        ["MaxTcpConnectionsPerServer"] = "65", ["Cache:Capacity"] = "-1", ["Cache:MinTtl"] = "2.00:00:00", ["Cache:MaxTtl"] = "8.00:00:00",
        ["Cache:MaxNegativeTtl"] = "2.00:00:00", ["Cache:FailureTtl"] = "00:06:00", ["Cache:MaxFailureTtl"] = "00:07:00",
        ["Cache:MaxStale"] = "8.00:00:00", ["Cache:PrefetchThreshold"] = "1",
    };

    private static readonly string[] s_notFromConfiguration =
    [
        nameof(DnsResolverOptions.Cache), nameof(DnsResolverOptions.TimeProvider), nameof(DnsResolverOptions.LoggerFactory),
        nameof(DnsResolverOptions.MeterFactory), nameof(DnsResolverOptions.DescribeSetting),
    ];

    private static IEnumerable<string> EverySetting => typeof(DnsResolverOptions).GetProperties().Select(property => property.Name)
        .Except(s_notFromConfiguration)
        .Concat(typeof(DnsCacheOptions).GetProperties().Select(property => "Cache:" + property.Name));

    [Fact]
    public void UnreadableTexts_OfTheTable_AreOneForEverySetting() =>
        s_unreadable.Keys.Select(key => key.Replace(":0", "", StringComparison.Ordinal)).Should().BeEquivalentTo(EverySetting);

    [Fact]
    public async Task Start_UnreadableTextInEverySetting_ListsAllWithPathAndText()
    {
        string[] failures = [.. await FailuresAsync(s_unreadable)];

        failures.Should().HaveCount(s_unreadable.Count);
        s_unreadable.Should().AllSatisfy(mistake => failures.Should().ContainSingle(failure => Says(failure, mistake)));
    }

    [Fact]
    public async Task Start_EmptyTextInEverySetting_ListsAllWithPath()
    {
        string[] settings = [.. EverySetting.Where(setting => setting != nameof(DnsResolverOptions.SearchDomains))]; // none are what it says

        (await FailuresAsync(settings.ToDictionary(setting => setting, _ => ""))).Should().BeEquivalentTo(settings.Select(setting => $"Dns:{setting} is empty; leave it out for the default."));
    }

    [Fact]
    public async Task Start_ValueOutOfRangeInEverySetting_ListsAllWithPath() =>
        (await FailuresAsync(s_outOfRange)).Select(failure => failure.Split(' ')[0]).Should().BeEquivalentTo(s_outOfRange.Keys.Select(key => "Dns:" + key));

    private static async Task<IEnumerable<string>> FailuresAsync(Dictionary<string, string> settings)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create("Dns:" + setting.Key, (string?)setting.Value)));
        builder.Services.AddDnsResolver(builder.Configuration.GetSection("Dns"));
        using IHost host = builder.Build();

        Func<Task> act = () => host.StartAsync();

        return (await act.Should().ThrowAsync<OptionsValidationException>()).Which.Failures;
    }

    private static bool Says(string failure, KeyValuePair<string, string> mistake) => mistake.Value.Length == 0
        ? failure.StartsWith($"Dns:{mistake.Key} is empty", StringComparison.Ordinal)
        : failure.StartsWith($"Dns:{mistake.Key} is '{mistake.Value}', which ", StringComparison.Ordinal);
}
