using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;
using StubResolver.Testing;
using StubResolver.Tests.Scenarios;

namespace StubResolver.Tests.Diagnostics;

public sealed class ExportTests : ScenarioTestBase
{
    [Fact]
    public async Task Activity_SuccessAndFailure_TellNameAnswersAndErrors()
    {
        List<Activity> activities = [];
        DnsTestServer server = StartServer().AddAddress("exported.test", "192.0.2.1");
        DnsResolver resolver = CreateResolver(server);
        using (TracerProvider provider = Sdk.CreateTracerProviderBuilder().AddSource("StubResolver").AddInMemoryExporter(activities).Build())
        {
            await resolver.ResolveAddressesAsync("exported.test");
            Func<Task> resolve = () => resolver.ResolveAddressesAsync("missing.exported.test").AsTask();
            await resolve.Should().ThrowAsync<DnsException>();
        }

        // Other tests run beside this one, and the source is one for all.
        Activity success = activities.Single(activity => (string?)activity.GetTagItem("dns.question.name") == "exported.test");
        Activity failure = activities.Single(activity => (string?)activity.GetTagItem("dns.question.name") == "missing.exported.test");
        success.Status.Should().Be(ActivityStatusCode.Unset);
        success.GetTagItem("error.type").Should().BeNull();
        success.GetTagItem("dns.answers").Should().BeOfType<string[]>().Which.Should().Equal("192.0.2.1");
        success.Kind.Should().Be(ActivityKind.Client);
        failure.Status.Should().Be(ActivityStatusCode.Error);
        failure.GetTagItem("error.type").Should().Be("host_not_found");
    }
}
