using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using StubResolver.Testing;
using StubResolver.Tests.Scenarios;

namespace StubResolver.Tests.Diagnostics;

/// <summary>A lookup is one call, of whatever type: each is measured once, and has an activity.</summary>
public sealed class TypedLookupTelemetryTests : ScenarioTestBase
{
    private const string Name = "typed.telemetry.test";
    private const string ReverseName = "1.2.0.192.in-addr.arpa";

    private static readonly TimeSpan s_ttl = TimeSpan.FromSeconds(60);

    private readonly TestMeterFactory _meters;

    public TypedLookupTelemetryTests() => _meters = Track(new TestMeterFactory());

    /// <summary>Gets each verb: the lookup, the name and the type asked for, and the answers as the activity tells them.</summary>
    public static TheoryData<Func<DnsResolver, Task>, string, string, string> Lookups => new()
    {
        { resolver => resolver.ResolveSrvAsync(Name).AsTask(), Name, "SRV", $"{Name}. 60 IN SRV 1 2 3 host.test." },
        { resolver => resolver.ResolveMxAsync(Name).AsTask(), Name, "MX", $"{Name}. 60 IN MX 1 host.test." },
        { resolver => resolver.ResolveTxtAsync(Name).AsTask(), Name, "TXT", $"{Name}. 60 IN TXT \"text\"" },
        { resolver => resolver.ResolveCNameAsync("alias." + Name).AsTask(), "alias." + Name, "CNAME", $"alias.{Name}. 60 IN CNAME {Name}." },
        { resolver => resolver.ResolveNsAsync(Name).AsTask(), Name, "NS", $"{Name}. 60 IN NS host.test." },
        { resolver => resolver.ResolveSoaAsync(Name).AsTask(), Name, "SOA", $"{Name}. 60 IN SOA host.test. admin.test. 1 60 60 60 60" },
        { resolver => resolver.ResolvePtrAsync(IPAddress.Parse("192.0.2.1")).AsTask(), ReverseName, "PTR", Name },
        { resolver => resolver.ResolvePtrAsync(ReverseName).AsTask(), ReverseName, "PTR", Name },
        { resolver => resolver.QueryAsync(Name, DnsRecordType.A).AsTask(), Name, "A", "192.0.2.1" },
        { resolver => resolver.QueryAsync(Name, DnsRecordType.Caa).AsTask(), Name, "CAA", "" },
        { resolver => resolver.QueryAsync("missing." + Name, (DnsRecordType)65280).AsTask(), "missing." + Name, "TYPE65280", "" },
    };

    [Theory]
    [MemberData(nameof(Lookups))]
    public async Task LookupDuration_EachVerb_IsMeasuredOnceWithoutAnError(Func<DnsResolver, Task> lookUp, string name, string type, string answers)
    {
        DnsResolver resolver = CreateResolver(options => options.MeterFactory = _meters, StartZone());
        using MetricCollector<double> durations = new(_meters, "StubResolver", "dns.lookup.duration");

        await lookUp(resolver);
        await lookUp(resolver); // a hit is a lookup, too

        durations.GetMeasurementSnapshot().Should().HaveCount(2, $"{type} gave '{answers}'").And.AllSatisfy(measurement =>
            measurement.Tags.Should().Equal(new Dictionary<string, object?> { ["dns.question.name"] = name }));
    }

    [Theory]
    [MemberData(nameof(Lookups))]
    public async Task Activity_EachVerb_TellsNameTypeAndAnswers(Func<DnsResolver, Task> lookUp, string name, string type, string answers)
    {
        DnsResolver resolver = CreateResolver(StartZone());

        Activity activity = await ObserveAsync(() => lookUp(resolver));

        (activity.Kind, activity.Status, activity.DisplayName).Should().Be((ActivityKind.Client, ActivityStatusCode.Unset, $"DNS lookup {name}"));
        activity.TagObjects.Select(tag => tag.Key).Should().Equal("dns.question.name", "dns.question.type", "dns.answers");
        (activity.GetTagItem("dns.question.name"), activity.GetTagItem("dns.question.type")).Should().Be((name, type));
        string.Join(' ', (string[])activity.GetTagItem("dns.answers")!).Should().Be(answers);
    }

    [Fact]
    public async Task Activity_Addresses_HasNoType()
    {
        DnsResolver resolver = CreateResolver(StartZone());

        Activity activity = await ObserveAsync(() => resolver.ResolveAddressesAsync(Name).AsTask());

        activity.TagObjects.Select(tag => tag.Key).Should().Equal("dns.question.name", "dns.answers");
    }

    [Fact]
    public async Task Telemetry_ResolveOfWhatDoesNotExist_HasTheRuntimesErrorType()
    {
        DnsResolver resolver = CreateResolver(options => options.MeterFactory = _meters, StartZone());
        using MetricCollector<double> durations = new(_meters, "StubResolver", "dns.lookup.duration");

        Activity activity = await ObserveAsync(() => resolver.Awaiting(r => r.ResolveTxtAsync("missing.test").AsTask()).Should().ThrowAsync<DnsException>());

        durations.GetMeasurementSnapshot().Should().ContainSingle().Which.Tags.Should().Contain("error.type", "host_not_found");
        (activity.Status, activity.GetTagItem("error.type")).Should().Be((ActivityStatusCode.Error, "host_not_found"));
    }

    [Fact]
    public async Task Telemetry_QueryWithoutAUsableResponse_IsAnError()
    {
        DnsTestServer server = StartServer().OnAnyQuery((_, response) => response.Code(DnsResponseCode.Refused));
        DnsResolver resolver = CreateResolver(options => options.MeterFactory = _meters, server);
        using MetricCollector<double> durations = new(_meters, "StubResolver", "dns.lookup.duration");

        Activity activity = await ObserveAsync(() =>
            resolver.Awaiting(r => r.QueryAsync(Name, DnsRecordType.Txt).AsTask()).Should().ThrowAsync<DnsException>());

        durations.GetMeasurementSnapshot().Should().ContainSingle().Which.Tags.Should().Contain("error.type", "try_again");
        activity.GetTagItem("error.type").Should().Be("try_again");
    }

    [Fact]
    public void Telemetry_BadArguments_ThrowAtOnceAndAreNotMeasured()
    {
        DnsResolver resolver = CreateResolver(options => options.MeterFactory = _meters, StartZone());
        using MetricCollector<double> durations = new(_meters, "StubResolver", "dns.lookup.duration");

        resolver.Invoking(r => r.ResolveTxtAsync("a..test")).Should().Throw<ArgumentException>().WithParameterName("name");
        resolver.Invoking(r => r.QueryAsync("a..test", DnsRecordType.A)).Should().Throw<ArgumentException>().WithParameterName("name");
        resolver.Invoking(r => r.QueryAsync(Name, DnsRecordType.Opt)).Should().Throw<ArgumentException>().WithParameterName("type");

        durations.GetMeasurementSnapshot().Should().BeEmpty();
    }

    private DnsTestServer StartZone() => StartServer()
        .AddAddress(Name, "192.0.2.1", s_ttl)
        .AddCName("alias." + Name, Name, s_ttl)
        .AddRecord(new DnsSrvRecord(Name, s_ttl, 1, 2, 3, "host.test"))
        .AddRecord(new DnsMxRecord(Name, s_ttl, 1, "host.test"))
        .AddRecord(new DnsTxtRecord(Name, s_ttl, ["text"]))
        .AddRecord(new DnsNsRecord(Name, s_ttl, "host.test"))
        .AddRecord(new DnsSoaRecord(Name, s_ttl, "host.test", "admin.test", 1, s_ttl, s_ttl, s_ttl, s_ttl))
        .AddRecord(new DnsPtrRecord(ReverseName, s_ttl, Name));

    // Other tests run beside this one, and the source is one for all: the lookup is told by its parent.
    private static async Task<Activity> ObserveAsync(Func<Task> lookUp)
    {
        ConcurrentQueue<Activity> stopped = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "StubResolver",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = stopped.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using Activity parent = new Activity("test").Start();

        await lookUp();

        return stopped.Should().ContainSingle(activity => activity.Parent == parent).Subject;
    }
}
