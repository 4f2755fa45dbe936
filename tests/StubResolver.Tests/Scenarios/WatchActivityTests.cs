using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

public sealed class WatchActivityTests : WatchScenarioBase
{
    [Fact]
    public async Task Watch_SomebodyTraces_IsNoActivityOfItsOwn()
    {
        ConcurrentQueue<string> started = new();
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == DnsTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = activity => started.Enqueue(activity.DisplayName),
        };
        ActivitySource.AddActivityListener(listener);
        DnsResolver resolver = CreateResolver(StartServer().AddAddress("traced.test", "192.0.2.1").AddAddress("kept.test", "192.0.2.1"));
        using IDisposable watch = resolver.Watch("traced.test", AddressFamily.InterNetwork, Report);
        await NextAsync();
        using IDisposable kept = resolver.KeepFresh("kept.test", AddressFamily.InterNetwork, Report);
        await NextAsync();

        await resolver.ResolveAddressesAsync("traced.test", AddressFamily.InterNetwork);

        started.Where(name => name.EndsWith("traced.test", StringComparison.Ordinal) || name.EndsWith("kept.test", StringComparison.Ordinal))
            .Should().Equal(["DNS lookup traced.test"], "the lookup of a caller, and none that a watch makes behind everybody's back");
    }
}
