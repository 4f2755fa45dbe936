using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StubResolver.Testing;

namespace StubResolver.Extensions.Tests.HttpClients;

public class UseDnsResolverTests
{
    private readonly FakeDnsResolver _resolver = new();

    [Fact]
    public async Task UseDnsResolver_AnotherPrimaryHandler_ThrowsNamingClientAndType()
    {
        await using ServiceProvider provider = Primary.Build(services => services.AddSingleton<IDnsResolver>(_resolver)
            .AddHttpClient("client").UseDnsResolver().ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler()));

        provider.Invoking(p => Primary.Of(p)).Should().Throw<InvalidOperationException>().WithMessage("*'client'*HttpClientHandler*");
    }

    [Fact]
    public async Task UseDnsResolver_ConnectCallbackSet_IsKept()
    {
        Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> callback = (_, _) => new ValueTask<Stream>(Stream.Null);
        await using ServiceProvider provider = Primary.Build(services => services.AddSingleton<IDnsResolver>(_resolver)
            .AddHttpClient("client").UseDnsResolver().UseSocketsHttpHandler((handler, _) => handler.ConnectCallback = callback));

        ((SocketsHttpHandler)Primary.Of(provider)).ConnectCallback.Should().BeSameAs(callback);
    }

    [Fact]
    public async Task UseDnsResolver_AddressPolicyButConnectCallbackSet_ThrowsSinceThePolicyWouldBeLost()
    {
        await using ServiceProvider provider = Primary.Build(services => services.AddSingleton<IDnsResolver>(_resolver)
            .AddHttpClient("client").UseDnsResolver(options => options.AddressPolicy = DnsAddressPolicy.PublicOnly)
            .UseSocketsHttpHandler((handler, _) => handler.ConnectCallback = (_, _) => new ValueTask<Stream>(Stream.Null)));

        provider.Invoking(p => Primary.Of(p)).Should().Throw<InvalidOperationException>().WithMessage("*'client'*AddressPolicy*");
    }

    [Fact]
    public async Task UseDnsResolver_HandlerWithAConnectorOfItsOwn_KeepsIt()
    {
        FakeDnsResolver other = new();
        using SocketsHttpHandler handler = new SocketsHttpHandler().UseDnsResolver(other);
        DnsConnector? connector = handler.ConnectCallback!.Target as DnsConnector;
        await using ServiceProvider provider = Primary.Build(services => services.AddSingleton<IDnsResolver>(_resolver)
            .AddHttpClient("client").UseDnsResolver().ConfigurePrimaryHttpMessageHandler(() => handler));

        Primary.ConnectorOf(provider).Should().BeSameAs(connector);
    }

    [Fact]
    public async Task UseDnsResolver_OptionsButAConnectorOfItsOwn_WarnsOnce()
    {
        using ListLogger log = new();
        await using ServiceProvider provider = Primary.Build(services => services.AddSingleton<IDnsResolver>(_resolver)
            .AddLogging(logging => logging.AddProvider(log))
            .AddHttpClient("client").UseDnsResolver(options => options.ConnectTimeout = TimeSpan.FromSeconds(1))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler().UseDnsResolver(_resolver)));

        _ = Primary.Of(provider);
        _ = Primary.MakeAgain(provider);

        log.Messages.Should().ContainSingle(message => message.StartsWith("5104: HttpClient 'client'"));
    }

    [Fact]
    public async Task UseDnsResolver_PolicyAndTheSameHandlerAgain_IsMadeAgain()
    {
        using SocketsHttpHandler shared = new();
        await using ServiceProvider provider = Primary.Build(services => services.AddSingleton<IDnsResolver>(_resolver)
            .AddHttpClient("client").UseDnsResolver(options => options.AddressPolicy = DnsAddressPolicy.PublicOnly)
            .ConfigurePrimaryHttpMessageHandler(() => shared));
        HttpMessageHandler first = Primary.Of(provider);

        HttpMessageHandler second = Primary.MakeAgain(provider);

        second.Should().BeSameAs(first, "the policy is in force already");
    }

    [Fact]
    public async Task UseDnsResolver_SeveralCallbacks_RunForAllThenForTheClientInOrder()
    {
        List<string> calls = [];
        await using ServiceProvider provider = Primary.Build(services =>
        {
            services.AddSingleton<IDnsResolver>(_resolver).AddHttpClient("client")
                .UseDnsResolver(_ => calls.Add("client 1")).UseDnsFollowing(_ => calls.Add("client 2")).UseDnsResolver();
            services.ConfigureHttpClientDefaults(all => all.UseDnsResolver(_ => calls.Add("all")));
        });

        _ = Primary.Of(provider);

        calls.Should().Equal("all", "client 1", "client 2");
    }

    [Fact]
    public async Task UseDnsResolver_Options_ReachTheConnector()
    {
        await using LoopbackHttpServer server = new();
        _resolver.AddAddress("app.example", IPAddress.Loopback);
        await using ServiceProvider provider = Primary.Build(services => services.AddSingleton<IDnsResolver>(_resolver)
            .AddHttpClient("client").UseDnsResolver(options => options.AddressPolicy = DnsAddressPolicy.PublicOnly));
        using HttpClient client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("client");

        Func<Task> act = () => client.GetAsync(server.UriFor("app.example"));

        (await act.Should().ThrowAsync<HttpRequestException>()).WithInnerException<DnsException>().Which.DnsError.Should().Be(DnsError.NameNotAllowed);
    }

    [Fact]
    public async Task UseDnsResolver_PolicyRefuses_IsInTheLogOfTheApplication()
    {
        using ListLogger log = new();
        _resolver.AddAddress("app.example", IPAddress.Loopback);
        await using ServiceProvider provider = Primary.Build(services => services.AddSingleton<IDnsResolver>(_resolver)
            .AddLogging(logging => logging.AddProvider(log))
            .AddHttpClient("client").UseDnsResolver(options => options.AddressPolicy = DnsAddressPolicy.PublicOnly));
        using HttpClient client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("client");

        Func<Task> act = () => client.GetAsync(new Uri("http://app.example/"));
        await act.Should().ThrowAsync<HttpRequestException>();

        log.Messages.Should().ContainSingle(message => message.StartsWith("5002: The address policy does not allow app.example to lead to 127.0.0.1 (loopback"));
    }

    [Fact]
    public async Task UseDnsResolver_HandlerMadeAgain_KeepsTheConnectorOfTheClient()
    {
        await using ServiceProvider provider = Primary.Build(services =>
        {
            services.AddSingleton<IDnsResolver>(_resolver).AddHttpClient("client").UseDnsResolver();
            services.AddHttpClient("other").UseDnsResolver();
        });

        SocketsHttpHandler first = (SocketsHttpHandler)Primary.Of(provider);
        SocketsHttpHandler second = (SocketsHttpHandler)Primary.MakeAgain(provider);

        second.Should().NotBeSameAs(first);
        second.ConnectCallback!.Target.Should().BeSameAs(first.ConnectCallback!.Target, "it remembers which addresses refused");
        Primary.ConnectorOf(provider, "other").Should().NotBeNull().And.NotBeSameAs(first.ConnectCallback.Target);
    }

    [Fact]
    public async Task UseDnsResolver_WrongOptions_ThrowWhenTheClientIsMade()
    {
        await using ServiceProvider provider = Primary.Build(services => services.AddSingleton<IDnsResolver>(_resolver)
            .AddHttpClient("client").UseDnsResolver(options => options.ConnectTimeout = TimeSpan.Zero));

        provider.Invoking(p => Primary.Of(p)).Should().Throw<ArgumentException>().WithMessage("*ConnectTimeout*");
    }

    [Fact]
    public async Task UseDnsResolver_Alone_AddsTheResolver()
    {
        ServiceCollection services = new();
        services.AddHttpClient("client").UseDnsResolver();

        await using ServiceProvider provider = services.BuildServiceProvider();

        provider.GetRequiredService<IServiceProviderIsService>().IsService(typeof(IDnsResolver)).Should().BeTrue();
    }

    [Fact]
    public async Task UseKeyedDnsResolver_TwoClients_UseTheirResolvers()
    {
        await using LoopbackHttpServer server = new();
        FakeDnsResolver[] resolvers = [new(), new()];
        await using ServiceProvider provider = Primary.Build(services =>
        {
            services.AddKeyedSingleton<IDnsResolver>("a", resolvers[0]).AddKeyedSingleton<IDnsResolver>(1, resolvers[1]);
            services.AddHttpClient("x").UseKeyedDnsResolver("a");
            services.AddHttpClient("y").UseKeyedDnsResolver(1);
        });
        resolvers[1].AddAddress("app.example", IPAddress.Loopback);
        IHttpClientFactory factory = provider.GetRequiredService<IHttpClientFactory>();

        await factory.CreateClient("x").Invoking(client => client.GetAsync(server.UriFor("app.example"))).Should().ThrowAsync<HttpRequestException>();
        await factory.CreateClient("y").GetStringAsync(server.UriFor("app.example"));

        resolvers.Select(resolver => resolver.CallCount("app.example")).Should().Equal(1, 1);
    }

    [Fact]
    public async Task UseKeyedDnsResolver_NoSuchResolver_ThrowsNamingClientAndKey()
    {
        await using ServiceProvider provider = Primary.Build(services => services.AddHttpClient("client").UseKeyedDnsResolver("internal"));

        provider.Invoking(p => Primary.Of(p)).Should().Throw<InvalidOperationException>().WithMessage("*'client'*'internal'*AddKeyedDnsResolver*");
    }

    [Fact]
    public async Task UseKeyedDnsResolver_NullKey_IsTheResolverWithoutAKey()
    {
        await using LoopbackHttpServer server = new();
        _resolver.AddAddress("app.example", IPAddress.Loopback);
        await using ServiceProvider provider = Primary.Build(services => services.AddSingleton<IDnsResolver>(_resolver)
            .AddHttpClient("client").UseKeyedDnsResolver(null));

        await provider.GetRequiredService<IHttpClientFactory>().CreateClient("client").GetStringAsync(server.UriFor("app.example"));

        _resolver.CallCount("app.example").Should().Be(1);
    }
}
