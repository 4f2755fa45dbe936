using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using StubResolver.Testing;

namespace StubResolver.Extensions.Tests.HttpClients;

public class UseDnsFollowingTests
{
    private readonly FakeDnsResolver _resolver = new();

    [Theory]
    [InlineData("following", true)]
    [InlineData("lifetime following", true)]
    [InlineData("following lifetime", true)]
    [InlineData("following resolver", false)]
    [InlineData("resolver", false)]
    public async Task UseDnsFollowing_WhereItHolds_HandlersLiveForGood(string steps, bool isForGood)
    {
        await using ServiceProvider provider = Primary.Build(services =>
        {
            IHttpClientBuilder builder = services.AddSingleton<IDnsResolver>(_resolver).AddHttpClient("client");
            foreach (string step in steps.Split(' '))
            {
                _ = step switch
                {
                    "following" => builder.UseDnsFollowing(),
                    "lifetime" => builder.SetHandlerLifetime(TimeSpan.FromMinutes(1)),
                    _ => builder.UseDnsResolver(),
                };
            }
        });

        TimeSpan lifetime = provider.GetRequiredService<IOptionsMonitor<HttpClientFactoryOptions>>().Get("client").HandlerLifetime;

        (lifetime == Timeout.InfiniteTimeSpan).Should().Be(isForGood);
    }

    [Fact]
    public async Task UseDnsFollowing_PrimaryHandlerWrapped_ReplacesOnlyTheInnermost()
    {
        using SocketsHttpHandler innermost = new();
        using PassingHandler outer = new(innermost);
        await using ServiceProvider provider = Primary.Build(services => services.AddSingleton<IDnsResolver>(_resolver)
            .AddHttpClient("client").UseDnsFollowing().ConfigurePrimaryHttpMessageHandler(() => outer));

        Primary.Of(provider).Should().BeOfType<DnsFollowingHandler>().And.BeSameAs(outer.InnerHandler);
    }

    [Fact]
    public async Task UseDnsFollowing_AnotherPrimaryHandler_ThrowsNamingClientAndType()
    {
        await using ServiceProvider provider = Primary.Build(services => services.AddSingleton<IDnsResolver>(_resolver)
            .AddHttpClient("client").ConfigurePrimaryHttpMessageHandler(() => new ForeignHandler()).UseDnsFollowing());

        provider.Invoking(p => Primary.Of(p)).Should().Throw<InvalidOperationException>().WithMessage("*'client'*ForeignHandler*");
    }

    [Fact]
    public async Task UseDnsFollowing_ConnectCallbackSet_ThrowsNamingTheClient()
    {
        await using ServiceProvider provider = Primary.Build(services => services.AddSingleton<IDnsResolver>(_resolver)
            .AddHttpClient("client").UseDnsFollowing()
            .UseSocketsHttpHandler((handler, _) => handler.ConnectCallback = (_, _) => new ValueTask<Stream>(Stream.Null)));

        provider.Invoking(p => Primary.Of(p)).Should().Throw<InvalidOperationException>().WithMessage("*'client'*ConnectCallback*");
    }

    [Fact]
    public async Task UseDnsFollowing_PrimaryHandlerConfigured_ItsSettingsAndTheOptionsHold()
    {
        await using LoopbackHttpServer server = new("found");
        int configured = 0;
        _resolver.AddAddress("app.example", IPAddress.Loopback);
        await using ServiceProvider provider = Primary.Build(services => services.AddSingleton<IDnsResolver>(_resolver)
            .AddHttpClient("client")
            .UseDnsFollowing(options => options.ConfigureSocket = _ => configured++)
            .UseSocketsHttpHandler((handler, _) => handler.PlaintextStreamFilter = (context, _) =>
            {
                configured += 10;
                return new ValueTask<Stream>(context.PlaintextStream);
            }));
        using HttpClient client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("client");

        string text = await client.GetStringAsync(server.UriFor("app.example"));

        text.Should().Be("found");
        configured.Should().Be(11, "one socket was made with the options, and one stream with the handler's settings");
    }
}
