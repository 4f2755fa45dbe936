using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using StubResolver.Extensions.HttpClients;
using StubResolver.Testing;

namespace StubResolver.Extensions.Tests.HttpClients;

public class AddDnsResolverForHttpClientsTests
{
    private readonly FakeDnsResolver _resolver = new();

    public static TheoryData<string> PrimaryHandlers =>
        ["none", "ConfigurePrimary", "UseSockets", "wrapped", "additional", "defaults"];

    [Theory]
    [MemberData(nameof(PrimaryHandlers))]
    public async Task Client_WithAnyPrimaryHandler_BeforeAndAfterTheLine_UsesTheResolver(string primary)
    {
        foreach (bool isLineFirst in (bool[])[true, false])
        {
            await using ServiceProvider provider = Primary.Build(services =>
            {
                services.AddSingleton<IDnsResolver>(_resolver);
                _ = isLineFirst ? services.AddDnsResolverForHttpClients() : services;
                AddClient(services, primary);
                _ = isLineFirst ? services : services.AddDnsResolverForHttpClients();
            });

            Primary.ConnectorOf(provider).Should().NotBeNull("the line is first: {0}", isLineFirst);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("never registered")]
    public async Task Client_ThatNobodyRegistered_UsesTheResolver(string client)
    {
        await using ServiceProvider provider = Primary.Build(services => services.AddSingleton<IDnsResolver>(_resolver).AddDnsResolverForHttpClients());

        Primary.ConnectorOf(provider, client).Should().NotBeNull();
    }

    [Fact]
    public async Task Clients_OfAllKinds_ReachTheServerThroughTheResolver()
    {
        await using LoopbackHttpServer server = new("found");
        _resolver.AddAddress("app.example", IPAddress.Loopback);
        await using ServiceProvider provider = Primary.Build(services =>
        {
            services.AddSingleton<IDnsResolver>(_resolver).AddHttpClient<TypedClient>();
            services.AddDnsResolverForHttpClients().AddHttpClient("named").UseSocketsHttpHandler((handler, _) => handler.UseProxy = false);
        });
        IHttpClientFactory factory = provider.GetRequiredService<IHttpClientFactory>();

        (await provider.GetRequiredService<TypedClient>().Http.GetStringAsync(server.UriFor("app.example"))).Should().Be("found");
        (await factory.CreateClient("named").GetStringAsync(server.UriFor("app.example"))).Should().Be("found");
        (await factory.CreateClient().GetStringAsync(server.UriFor("app.example"))).Should().Be("found");

        _resolver.CallCount("app.example").Should().Be(3);
    }

    [Fact]
    public async Task Client_NameNotFound_FailsWithNameResolutionError()
    {
        await using ServiceProvider provider = Primary.Build(services => services.AddSingleton<IDnsResolver>(_resolver).AddDnsResolverForHttpClients());
        using HttpClient client = provider.GetRequiredService<IHttpClientFactory>().CreateClient();

        Func<Task> act = () => client.GetAsync(new Uri("http://missing.example/"));

        HttpRequestException exception = (await act.Should().ThrowAsync<HttpRequestException>()).Which;
        exception.HttpRequestError.Should().Be(HttpRequestError.NameResolutionError);
        exception.InnerException.Should().BeOfType<DnsException>().Which.DnsError.Should().Be(DnsError.NameNotFound);
    }

    [Fact]
    public async Task Clients_WithoutChoicesOfTheirOwn_ShareOneConnector()
    {
        await using ServiceProvider provider = Primary.Build(services => services.AddSingleton<IDnsResolver>(_resolver).AddDnsResolverForHttpClients());

        Primary.ConnectorOf(provider, "a").Should().NotBeNull().And.BeSameAs(Primary.ConnectorOf(provider, "b"));
    }

    [Fact]
    public async Task Line_CalledTwice_AddsOneFilterAndBothCallbacks()
    {
        ServiceCollection services = new();
        services.AddDnsResolverForHttpClients(options => options.Attempts = 2).AddDnsResolverForHttpClients(options => options.Ndots = 3);
        services.AddHttpClient("client").UseDnsResolver().UseDnsResolver();

        await using ServiceProvider provider = services.BuildServiceProvider();

        provider.GetServices<IHttpMessageHandlerBuilderFilter>().OfType<DnsHandlerFilter>().Should().ContainSingle();
        DnsResolverOptions options = provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<DnsResolverOptions>>().Value;
        (options.Attempts, options.Ndots).Should().Be((2, 3));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Client_WhosePrimaryHandlerAFilterSets_UsesTheResolver(bool isLineFirst)
    {
        await using ServiceProvider provider = Primary.Build(services =>
        {
            services.AddSingleton<IDnsResolver>(_resolver);
            _ = isLineFirst ? services.AddDnsResolverForHttpClients() : services;
            services.AddSingleton<IHttpMessageHandlerBuilderFilter, ReplacingFilter>();
            _ = isLineFirst ? services : services.AddDnsResolverForHttpClients();
        });

        Primary.ConnectorOf(provider).Should().NotBeNull();
        ((SocketsHttpHandler)Primary.Of(provider)).MaxConnectionsPerServer.Should().Be(7, "the handler is the filter's");
    }

    [Fact]
    public async Task Client_WithAConnectCallback_KeepsItWithOneWarning()
    {
        using ListLogger log = new();
        Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> callback = (_, _) => new ValueTask<Stream>(Stream.Null);
        await using ServiceProvider provider = Primary.Build(services =>
        {
            services.AddSingleton<IDnsResolver>(_resolver).AddLogging(logging => logging.AddProvider(log)).AddDnsResolverForHttpClients();
            services.AddHttpClient("client").UseSocketsHttpHandler((handler, _) => handler.ConnectCallback = callback);
        });

        _ = Primary.Of(provider);
        HttpMessageHandler handler = Primary.MakeAgain(provider);

        ((SocketsHttpHandler)handler).ConnectCallback.Should().BeSameAs(callback);
        log.Messages.Should().ContainSingle(message => message.StartsWith("5102: HttpClient 'client'"));
    }

    [Theory]
    [InlineData("System.Net.Http.HttpClientHandler")]
    [InlineData("StubResolver.Extensions.Tests.HttpClients.ForeignHandler")]
    public async Task Client_WithAnotherPrimaryHandler_GoesOnWithOneWarning(string type)
    {
        using ListLogger log = new();
        await using ServiceProvider provider = Primary.Build(services =>
        {
            services.AddSingleton<IDnsResolver>(_resolver).AddLogging(logging => logging.AddProvider(log)).AddDnsResolverForHttpClients();
            services.AddHttpClient("client").ConfigurePrimaryHttpMessageHandler(() =>
                type.StartsWith("System", StringComparison.Ordinal) ? new HttpClientHandler() : new ForeignHandler());
        });

        Primary.Of(provider).GetType().FullName.Should().Be(type);
        Primary.MakeAgain(provider).GetType().FullName.Should().Be(type);

        log.Messages.Should().ContainSingle(message => message.StartsWith("5101: HttpClient 'client'") && message.Contains(type));
    }

    [Fact]
    public async Task Client_WhosePrimaryHandlerIsInUse_GoesOnWithOneWarning()
    {
        using ListLogger log = new();
        await using LoopbackHttpServer server = new();
        using SocketsHttpHandler used = new();
        using HttpClient user = new(used, disposeHandler: false);
        await user.GetStringAsync(server.UriFor("127.0.0.1"));
        await using ServiceProvider provider = Primary.Build(services =>
        {
            services.AddSingleton<IDnsResolver>(_resolver).AddLogging(logging => logging.AddProvider(log)).AddDnsResolverForHttpClients();
            services.AddHttpClient("client").ConfigurePrimaryHttpMessageHandler(() => new PassingHandler(used));
        });

        Primary.Of(provider).Should().BeSameAs(used);

        log.Messages.Should().ContainSingle(message => message.StartsWith("5103: HttpClient 'client'"));
    }

    [Fact]
    public async Task Client_WhoseWarningCannotBeLogged_IsMade()
    {
        await using ServiceProvider provider = Primary.Build(services =>
        {
            services.AddSingleton<IDnsResolver>(_resolver).AddSingleton<ILoggerFactory, FailingLogs>().AddDnsResolverForHttpClients();
            services.AddHttpClient("client").ConfigurePrimaryHttpMessageHandler(() => new ForeignHandler());
        });

        Primary.MakeAgain(provider).Should().BeOfType<ForeignHandler>();
    }

    private static void AddClient(IServiceCollection services, string primary)
    {
        IHttpClientBuilder builder = services.AddHttpClient("client");
        _ = primary switch
        {
            "ConfigurePrimary" => builder.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler()),
            "UseSockets" => builder.UseSocketsHttpHandler((handler, _) => handler.MaxConnectionsPerServer = 3),
            "wrapped" => builder.ConfigurePrimaryHttpMessageHandler(() => new PassingHandler(new PassingHandler(new SocketsHttpHandler()))),
            "additional" => builder.ConfigureAdditionalHttpMessageHandlers((handlers, _) => handlers.Add(new PassingHandler())),
            _ => builder,
        };
        _ = primary == "defaults" ? services.ConfigureHttpClientDefaults(all => all.UseSocketsHttpHandler((_, _) => { })) : services;
    }

    private sealed class FailingLogs : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => throw new InvalidOperationException("The disk is full.");

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }
    }

    private sealed class TypedClient(HttpClient http)
    {
        public HttpClient Http => http;
    }

    private sealed class ReplacingFilter : IHttpMessageHandlerBuilderFilter
    {
        public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
        {
            next(builder);
            builder.PrimaryHandler = new SocketsHttpHandler { MaxConnectionsPerServer = 7 };
        };
    }
}
