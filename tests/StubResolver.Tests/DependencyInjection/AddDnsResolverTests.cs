using System.Net;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using StubResolver.Testing;

namespace StubResolver.Tests.DependencyInjection;

public class AddDnsResolverTests
{
    private static readonly ServiceProviderOptions s_strict = new() { ValidateOnBuild = true, ValidateScopes = true };

    [Fact]
    public async Task AddDnsResolver_CalledTwice_IsOneInstanceUnderBothTypes()
    {
        ServiceCollection services = new();
        services.AddDnsResolver().AddDnsResolver(options => options.Attempts = 1);

        await using ServiceProvider provider = services.BuildServiceProvider(s_strict);

        provider.GetServices<IDnsResolver>().Should().ContainSingle().Which.Should().BeSameAs(provider.GetServices<DnsResolver>().Single());
    }

    [Fact]
    public async Task AddDnsResolver_InAScope_IsTheSameInstance()
    {
        await using ServiceProvider provider = new ServiceCollection().AddDnsResolver().BuildServiceProvider(s_strict);
        await using AsyncServiceScope scope = provider.CreateAsyncScope();

        IDnsResolver resolver = scope.ServiceProvider.GetRequiredService<IDnsResolver>();

        resolver.Should().BeSameAs(provider.GetRequiredService<DnsResolver>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AddDnsResolver_FakeRegistered_FakeWins(bool isRegisteredFirst)
    {
        FakeDnsResolver fake = new();
        ServiceCollection services = new();
        _ = isRegisteredFirst
            ? services.AddSingleton<IDnsResolver>(fake).AddDnsResolver()
            : services.AddDnsResolver().AddSingleton<IDnsResolver>(fake);

        await using ServiceProvider provider = services.BuildServiceProvider(s_strict);

        provider.GetRequiredService<IDnsResolver>().Should().BeSameAs(fake);
    }

    [Fact]
    public async Task AddDnsResolver_SeveralCallbacks_AllSetTheSameOptions()
    {
        ServiceCollection services = new();
        services.AddDnsResolver(options => options.Servers.Add(IPAddress.Parse("192.0.2.1")))
            .AddDnsResolver(options => options.Servers.Add(IPAddress.Parse("192.0.2.2")))
            .Configure<DnsResolverOptions>(options => options.Attempts = 2);

        await using ServiceProvider provider = services.BuildServiceProvider(s_strict);

        DnsResolverOptions options = provider.GetRequiredService<IOptions<DnsResolverOptions>>().Value;
        options.Servers.Select(server => server.ToString()).Should().Equal("192.0.2.1:53", "192.0.2.2:53");
        options.Attempts.Should().Be(2);
    }

    [Fact]
    public async Task AddDnsResolver_Configured_AsksTheConfiguredServer()
    {
        await using DnsTestServer server = DnsTestServer.Start().AddAddress("db.example", "192.0.2.7");
        ServiceCollection services = new();
        services.AddDnsResolver(options =>
        {
            options.Servers.Add(server.EndPoint);
            options.UseHostsFile = false;
            options.UseSearchList = false;
        });
        await using ServiceProvider provider = services.BuildServiceProvider(s_strict);

        DnsAnswer<DnsAddressRecord> answer = await provider.GetRequiredService<IDnsResolver>().ResolveAddressesAsync("db.example");

        answer.Records.Should().ContainSingle().Which.Address.Should().Be(IPAddress.Parse("192.0.2.7"));
    }

    [Fact]
    public async Task AddDnsResolver_ApplicationHasAMemoryCache_ItIsNeverMade()
    {
        int made = 0;
        await using DnsTestServer server = DnsTestServer.Start().AddAddress("db.example", "192.0.2.7");
        ServiceCollection services = new();
        services.AddSingleton<IMemoryCache>(_ =>
        {
            made++;
            return new MemoryCache(new MemoryCacheOptions { SizeLimit = 1 });
        });
        services.AddDnsResolver(options => options.Servers.Add(server.EndPoint));
        await using ServiceProvider provider = services.BuildServiceProvider(s_strict);

        await provider.GetRequiredService<IDnsResolver>().ResolveAddressesAsync("db.example.");

        made.Should().Be(0);
    }

    [Fact]
    public async Task DisposeAsync_OfTheContainer_DisposesTheResolver()
    {
        ServiceProvider provider = new ServiceCollection().AddDnsResolver().BuildServiceProvider(s_strict);
        DnsResolver resolver = provider.GetRequiredService<DnsResolver>();
        provider.GetRequiredService<IDnsResolver>().Should().BeSameAs(resolver, "the container knows it under both types");

        await provider.DisposeAsync();

        await Awaiting(resolver).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task Dispose_OfTheContainer_DisposesTheResolver()
    {
        ServiceProvider provider = new ServiceCollection().AddDnsResolver().BuildServiceProvider(s_strict);
        DnsResolver resolver = provider.GetRequiredService<DnsResolver>();
        provider.GetRequiredService<IDnsResolver>().Should().BeSameAs(resolver, "the container knows it under both types");

        provider.Dispose();

        await Awaiting(resolver).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("key")]
    public async Task DisposeAsync_InstanceOfTheApplication_IsNotTheContainersToDispose(string? serviceKey)
    {
        await using DnsResolver resolver = new();
        ServiceCollection services = new();
        services.AddKeyedSingleton(serviceKey, resolver).AddKeyedDnsResolver(serviceKey);
        ServiceProvider provider = services.BuildServiceProvider(s_strict);
        provider.GetRequiredKeyedService<IDnsResolver>(serviceKey).Should().BeSameAs(resolver);

        await provider.DisposeAsync();

        await Awaiting(resolver).Should().NotThrowAsync();
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(null, true)]
    [InlineData("key", false)]
    public async Task DisposeAsync_InstanceRegisteredAfterwards_IsNotTheContainersToDispose(string? serviceKey, bool isReplacing)
    {
        await using DnsResolver resolver = new();
        ServiceCollection services = new();
        services.AddKeyedDnsResolver(serviceKey);
        _ = isReplacing ? services.Replace(ServiceDescriptor.Singleton(resolver)) : services.AddKeyedSingleton(serviceKey, resolver);
        ServiceProvider provider = services.BuildServiceProvider(s_strict);
        await provider.GetRequiredKeyedService<IDnsResolver>(serviceKey).ResolveAddressesAsync("localhost");
        provider.GetRequiredKeyedService<DnsResolver>(serviceKey).Should().BeSameAs(resolver);

        await provider.DisposeAsync();

        await Awaiting(resolver).Should().NotThrowAsync();
    }

    [Fact]
    public async Task DisposeAsync_InstanceForAnyKey_IsNotTheContainersToDispose()
    {
        await using DnsResolver resolver = new();
        ServiceCollection services = new();
        services.AddKeyedDnsResolver(KeyedService.AnyKey).AddKeyedSingleton("key", resolver);
        ServiceProvider provider = services.BuildServiceProvider(s_strict);
        DnsResolver made = provider.GetRequiredKeyedService<DnsResolver>("other");
        provider.GetRequiredKeyedService<IDnsResolver>("other").Should().BeSameAs(made);
        await provider.GetRequiredKeyedService<IDnsResolver>("key").ResolveAddressesAsync("localhost");

        await provider.DisposeAsync();

        await Awaiting(resolver).Should().NotThrowAsync();
        await Awaiting(made).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public void AddDnsResolver_NullArguments_Throw()
    {
        ServiceCollection services = new();

        services.Invoking(s => ((IServiceCollection)null!).AddDnsResolver()).Should().Throw<ArgumentNullException>();
        services.Invoking(s => s.AddDnsResolver((Action<DnsResolverOptions>)null!)).Should().Throw<ArgumentNullException>();
        services.Invoking(s => ((IServiceCollection)null!).AddKeyedDnsResolver("key")).Should().Throw<ArgumentNullException>();
    }

    private static Func<Task> Awaiting(DnsResolver resolver) => async () => await resolver.ResolveAddressesAsync("localhost");
}
