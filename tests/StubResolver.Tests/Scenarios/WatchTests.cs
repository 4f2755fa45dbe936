using System.Net.Sockets;
using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>What a watch tells, and when it looks.</summary>
public sealed class WatchTests : WatchScenarioBase
{
    [Fact]
    public async Task Watch_AddressesChange_ReportsTheFirstAndEachOtherSet()
    {
        DnsTestServer server = StartServerWith("192.0.2.1", "192.0.2.2");
        DnsResolver resolver = CreateResolver(server);
        using IDisposable watch = resolver.Watch(Name, AddressFamily.InterNetwork, Report);
        DnsAnswer<DnsAddressRecord> first = await NextAsync();
        await AwaitSleepAsync();
        SetAddresses(server, "192.0.2.2", "192.0.2.1"); // the same set
        Wake();
        await AwaitSleepAsync();
        bool wasReported = Reports.TryRead(out _);
        SetAddresses(server, "192.0.2.3");
        Wake();

        DnsAnswer<DnsAddressRecord> second = await NextAsync();

        Addresses(first).Should().BeEquivalentTo("192.0.2.1", "192.0.2.2");
        wasReported.Should().BeFalse();
        Addresses(second).Should().Equal("192.0.2.3");
        Count(server).Should().Be(3);
    }

    [Fact]
    public async Task Watch_FailuresAndStaleAnswers_ReportNothing()
    {
        string state = "";
        DnsTestServer server = StartServer(30, 30).On(Name, (query, response) =>
        {
            if (state == "broken" || (state == "partial" && query.Type == DnsRecordType.A))
            {
                response.Code(DnsResponseCode.ServerFailure);
            }
            else if (state == "gone")
            {
                response.Code(DnsResponseCode.NxDomain);
            }
        });
        server.NegativeTtl = Seconds(30);
        DnsResolver resolver = CreateResolver(server);
        using IDisposable watch = resolver.Watch(Name, AddressFamily.Unspecified, Report);
        await NextAsync();
        foreach (string next in (string[])["broken", "partial", "gone"])
        {
            await AwaitSleepAsync();
            state = next;
            Wake();
        }

        await AwaitSleepAsync();
        state = "";
        SetAddresses(server, "192.0.2.9");
        Wake();

        Addresses(await NextAsync()).Should().Equal(["192.0.2.9"], "nothing was reported in between");
    }

    [Fact]
    public async Task Watch_WallClockIsSetBackByYears_StillLooksInTime()
    {
        DnsResolver resolver = CreateResolver(StartServerWith("192.0.2.1"));
        using IDisposable watch = resolver.Watch(Name, AddressFamily.InterNetwork, answer =>
        {
            Clock.SetWallClock(TimeSpan.FromDays(-3653)); // after the answer, before the watch decides when to look again
            Report(answer);
        });
        await NextAsync();

        TimeSpan sleep = await AwaitSleepAsync();

        sleep.Should().BeCloseTo(Seconds(30.5), Seconds(0.5), "a watch that trusted the date would sleep for a day");
    }

    [Theory]
    [InlineData(DnsResolverMode.System)]
    [InlineData(DnsResolverMode.Shadow)]
    public async Task Watch_SystemAnswers_LooksEvery30S(DnsResolverMode mode)
    {
        DnsResolver resolver = CreateResolver(options => (options.Mode, options.TimeProvider) = (mode, Clock), StartServer());
        using IDisposable watch = resolver.Watch("localhost", AddressFamily.Unspecified, Report);
        await NextAsync();

        TimeSpan sleep = await AwaitSleepAsync();

        sleep.Should().BeCloseTo(Seconds(30.5), Seconds(0.5), "the system tells no TTL");
    }
}
