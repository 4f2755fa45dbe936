using Microsoft.Extensions.DependencyInjection;
using StubResolver.Testing;

namespace StubResolver.Extensions.Tests.HttpClients;

public class PrecedenceTests
{
    private static readonly Dictionary<string, Action<IServiceCollection>> s_steps = new()
    {
        ["line"] = services => services.AddDnsResolverForHttpClients(),
        ["all:resolver"] = services => services.ConfigureHttpClientDefaults(all => all.UseDnsResolver()),
        ["all:system"] = services => services.ConfigureHttpClientDefaults(all => all.UseSystemDns()),
        ["all:following"] = services => services.ConfigureHttpClientDefaults(all => all.UseDnsFollowing()),
        ["resolver"] = services => services.AddHttpClient("client").UseDnsResolver(),
        ["keyed"] = services => services.AddHttpClient("client").UseKeyedDnsResolver("key"),
        ["system"] = services => services.AddHttpClient("client").UseSystemDns(),
        ["following"] = services => services.AddHttpClient("client").UseDnsFollowing(),
        ["primary"] = services => services.AddHttpClient("client").UseSocketsHttpHandler((_, _) => { }),
    };

    [Theory]
    [InlineData("primary", "system")]
    [InlineData("line", "resolver")]
    [InlineData("line system", "system")]
    [InlineData("system line", "system")]
    [InlineData("line following", "following")]
    [InlineData("following line primary", "following")]
    [InlineData("primary following", "following")]
    [InlineData("resolver system", "system")]
    [InlineData("system resolver", "resolver")]
    [InlineData("system following resolver", "resolver")]
    [InlineData("resolver following", "following")]
    [InlineData("following keyed", "resolver")]
    [InlineData("keyed following system", "system")]
    [InlineData("all:resolver", "resolver")]
    [InlineData("primary all:resolver", "resolver")]
    [InlineData("all:resolver primary", "resolver")]
    [InlineData("all:resolver system", "system")]
    [InlineData("system all:resolver", "system")]
    [InlineData("all:system line", "system")]
    [InlineData("line all:system", "system")]
    [InlineData("all:system line resolver", "resolver")]
    [InlineData("resolver all:system", "resolver")]
    [InlineData("all:resolver all:system", "system")]
    [InlineData("all:system all:resolver", "resolver")]
    [InlineData("all:following", "following")]
    [InlineData("all:following system", "system")]
    public async Task Client_SeveralChoices_TheNarrowestAndThenTheLastHolds(string steps, string expected)
    {
        await using ServiceProvider provider = Primary.Build(services =>
        {
            services.AddSingleton<IDnsResolver>(new FakeDnsResolver()).AddKeyedSingleton<IDnsResolver>("key", new FakeDnsResolver()).AddHttpClient();
            foreach (string step in steps.Split(' '))
            {
                s_steps[step](services);
            }
        });

        string found = Primary.Of(provider) switch
        {
            DnsFollowingHandler => "following",
            SocketsHttpHandler { ConnectCallback.Target: DnsConnector } => "resolver",
            SocketsHttpHandler { ConnectCallback: null } => "system",
            HttpMessageHandler other => other.ToString()!,
        };

        found.Should().Be(expected);
    }
}
