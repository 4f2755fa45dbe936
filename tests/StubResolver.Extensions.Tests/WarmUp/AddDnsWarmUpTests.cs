using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StubResolver.Testing;

namespace StubResolver.Extensions.Tests.WarmUp;

public class AddDnsWarmUpTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Start_SeveralCalls_ResolvesAndWatchesEachNameOnce()
    {
        using RecordingResolver resolver = new();
        using IHost host = Build(resolver, services => services.AddDnsWarmUp("a.example", "b.example").AddDnsWarmUp(["B.example", "c.example"]));

        await host.StartAsync();

        await resolver.WaitForLookupsAsync(3);
        resolver.Lookups.Should().BeEquivalentTo("a.example", "b.example", "c.example");
        resolver.Watched.Should().BeEquivalentTo("a.example", "b.example", "c.example");
        host.Services.GetServices<IHostedService>().Should().ContainSingle();
    }

    [Fact]
    public async Task Stop_AfterStart_EndsAllWatches()
    {
        using RecordingResolver resolver = new();
        using IHost host = Build(resolver, services => services.AddDnsWarmUp("a.example", "b.example"));
        await host.StartAsync();

        await host.StopAsync();

        resolver.Watched.Should().BeEmpty();
    }

    [Fact]
    public async Task Start_ServersAreSilent_DoesNotWait()
    {
        using RecordingResolver resolver = new() { IsSilent = true };
        using IHost host = Build(resolver, services => services.AddDnsWarmUp("a.example"));

        await host.StartAsync().WaitAsync(s_patience);

        await resolver.WaitForLookupsAsync(1);
        await host.StopAsync().WaitAsync(s_patience);
        resolver.Cancelled.Should().Be(1);
    }

    [Fact]
    public async Task Start_NameCannotBeResolved_IsLoggedAndTheOthersAreResolved()
    {
        using ListLogger log = new();
        FakeDnsResolver resolver = new FakeDnsResolver().Fail("down.example", DnsError.Timeout).AddAddress("up.example", IPAddress.Parse("192.0.2.1"));
        using IHost host = Build(resolver, services => services.AddDnsWarmUp("down.example", "up.example").AddLogging(logging => logging.AddProvider(log)));

        await host.StartAsync();

        await log.Warned.WaitAsync(s_patience);
        log.Messages.Should().Contain("6102: down.example could not be resolved at start; it is tried again later.");
        log.Messages.Should().NotContain(message => message.StartsWith("6102: up.example"));
    }

    [Fact]
    public async Task Start_ResolverThrowsAnythingElse_IsLoggedAndNotFatal()
    {
        using ListLogger log = new();
        using RecordingResolver resolver = new() { Failure = new InvalidOperationException("out of order") };
        using IHost host = Build(resolver, services => services.AddDnsWarmUp("a.example").AddLogging(logging => logging.AddProvider(log)));

        await host.StartAsync();

        await log.Warned.WaitAsync(s_patience);
        log.Messages.Should().Contain(message => message.StartsWith("6102: a.example"));
    }

    [Fact]
    public async Task Start_BadNames_AreOneExceptionThatListsAllAndNothingIsLeftOver()
    {
        using RecordingResolver resolver = new();
        using IHost host = Build(resolver, services => services.AddDnsWarmUp("good.example", "", "bad..example"));

        Func<Task> act = () => host.StartAsync();

        (await act.Should().ThrowAsync<OptionsValidationException>()).Which.Failures.Should().SatisfyRespectively(
            first => first.Should().StartWith("'' cannot be kept resolved: "),
            second => second.Should().StartWith("'bad..example' cannot be kept resolved: "));
        resolver.Watched.Should().BeEmpty();
        resolver.Lookups.Should().BeEmpty();
    }

    [Fact]
    public async Task Start_MistakesInNamesAndOptions_AreAllShown()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddDnsWarmUp("bad..example")
            .AddDnsResolver(options => options.Attempts = -1)
            .AddKeyedDnsResolver("internal", options => options.LookupTimeout = TimeSpan.Zero);
        using IHost host = builder.Build();

        Func<Task> act = () => host.StartAsync();

        (await act.Should().ThrowAsync<AggregateException>()).Which.InnerExceptions.Cast<OptionsValidationException>().SelectMany(e => e.Failures)
            .Should().HaveCount(3).And.Contain(text => text.Contains("bad..example")).And.Contain(text => text.Contains("Attempts"))
            .And.Contain(text => text.Contains("'internal': LookupTimeout"));
    }

    [Fact]
    public async Task Stop_AfterDispose_DoesNothing()
    {
        using RecordingResolver resolver = new();
        using IHost host = Build(resolver, services => services.AddDnsWarmUp("a.example"));
        await host.StartAsync();
        IHostedService service = host.Services.GetServices<IHostedService>().Single();
        ((IDisposable)service).Dispose();

        await service.Invoking(stopped => stopped.StopAsync(CancellationToken.None)).Should().NotThrowAsync();

        resolver.Watched.Should().BeEmpty();
    }

    [Fact]
    public async Task Start_ResolverOfTheApplicationRefusesNames_AreOneExceptionThatListsAllAndNothingIsLeftOver()
    {
        using RecordingResolver resolver = new() { Refused = ["good.example", "fine.example"] };
        using IHost host = Build(resolver, services => services.AddDnsWarmUp("other.example", "good.example", "fine.example"));

        Func<Task> act = () => host.StartAsync();

        (await act.Should().ThrowAsync<OptionsValidationException>()).Which.Failures.Should().HaveCount(2);
        resolver.Watched.Should().BeEmpty();
    }

    [Fact]
    public async Task Start_RealResolver_LaterLookupsSendNothing()
    {
        await using DnsTestServer server = DnsTestServer.Start().AddAddress("db.example", "192.0.2.7");
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddDnsResolver(options =>
        {
            options.Servers.Add(server.EndPoint);
            options.UseSearchList = false;
            options.IPv6 = DnsIPv6Mode.Never;
        }).AddDnsWarmUp("db.example");
        using IHost host = builder.Build();
        IDnsResolver resolver = host.Services.GetRequiredService<IDnsResolver>();
        TaskCompletionSource warm = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await host.StartAsync();
        using IDisposable watch = resolver.Watch("db.example", AddressFamily.Unspecified, _ => warm.TrySetResult());
        await warm.Task.WaitAsync(s_patience);

        await resolver.ResolveAddressesAsync("db.example");

        server.Queries.Should().ContainSingle();
        await host.StopAsync();
    }

    [Fact]
    public void AddDnsWarmUp_NullArguments_Throw()
    {
        ServiceCollection services = new();

        services.Invoking(s => s.AddDnsWarmUp(null!)).Should().Throw<ArgumentNullException>();
        services.Invoking(s => ((IServiceCollection)null!).AddDnsWarmUp("a.example")).Should().Throw<ArgumentNullException>();
    }

    private static IHost Build(IDnsResolver resolver, Action<IServiceCollection> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(resolver);
        configure(builder.Services);
        return builder.Build();
    }
}
