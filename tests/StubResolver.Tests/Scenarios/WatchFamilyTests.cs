using System.Net.Sockets;
using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>What a watch tells of a name while one of its address families fails.</summary>
public sealed class WatchFamilyTests : WatchScenarioBase
{
    [Theory]
    [InlineData(DnsRecordType.Aaaa, DnsResponseCode.ServerFailure, "192.0.2.1", "192.0.2.2")]
    [InlineData(DnsRecordType.Aaaa, DnsResponseCode.NxDomain, "192.0.2.1", "192.0.2.2")]
    [InlineData(DnsRecordType.Aaaa, DnsResponseCode.Refused, "192.0.2.1", "192.0.2.2")]
    [InlineData(DnsRecordType.A, DnsResponseCode.ServerFailure, "2001:db8::1", "2001:db8::2")]
    public async Task Watch_OneFamilyFailsForEver_TellsWhatTheOtherSays(DnsRecordType failing, DnsResponseCode code, string first, string second)
    {
        DnsTestServer server = StartServerWith(first).On(Name, failing, (_, response) => response.Code(code));
        using IDisposable watch = CreateResolver(server).Watch(Name, AddressFamily.Unspecified, Report);
        DnsAnswer<DnsAddressRecord> told = await NextAsync();
        await AwaitSleepAsync();
        SetAddresses(server, second);
        Wake();

        DnsAnswer<DnsAddressRecord> changed = await NextAsync();

        Addresses(told).Should().Equal(first);
        Addresses(changed).Should().Equal(second);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3600)]
    public async Task Watch_OneFamilyFailsLater_KeepsWhatItLastSaid(int maxStaleSeconds)
    {
        bool isFailing = false;
        DnsTestServer server = StartServerWith("192.0.2.1", "2001:db8::1").On(Name, DnsRecordType.Aaaa, (_, response) =>
        {
            if (isFailing)
            {
                response.Code(DnsResponseCode.ServerFailure);
            }
        });
        DnsResolver resolver = CreateResolver(
            options =>
            {
                options.TimeProvider = Clock;
                options.Attempts = 1;
                options.Cache.MaxStale = Seconds(maxStaleSeconds);
            },
            server);
        using IDisposable watch = resolver.Watch(Name, AddressFamily.Unspecified, Report);
        await NextAsync();
        await AwaitSleepAsync();
        isFailing = true;
        SetAddresses(server, "192.0.2.2");
        Wake();

        DnsAnswer<DnsAddressRecord> changed = await NextAsync();

        Addresses(changed).Should().Equal("192.0.2.2", "2001:db8::1");
        (changed.IsStale, changed.PartialFailure?.DnsError).Should().Be((false, DnsError.ServerFailure));
    }
}
