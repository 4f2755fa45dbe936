using System.Net;
using Microsoft.Extensions.DependencyInjection;
using StubResolver.Testing;

namespace StubResolver.Extensions.Tests.HttpClients;

/// <summary>Every way to set an address policy, and every way to choose or configure afterwards and before: the policy refuses, or the client cannot be made.</summary>
public class PolicyTableTests
{
    private static readonly FakeDnsResolver s_resolver = new FakeDnsResolver().AddAddress("app.example", IPAddress.Loopback);
    private static readonly DnsConnectorOptions s_publicOnly = new() { AddressPolicy = DnsAddressPolicy.PublicOnly };

    private static readonly Dictionary<string, Action<IServiceCollection>> s_policies = new()
    {
        ["all:resolver"] = services => services.ConfigureHttpClientDefaults(all => all.UseDnsResolver(SetPolicy)),
        ["all:keyed"] = services => services.ConfigureHttpClientDefaults(all => all.UseKeyedDnsResolver("key", SetPolicy)),
        ["all:following"] = services => services.ConfigureHttpClientDefaults(all => all.UseDnsFollowing(SetPolicy)),
        ["resolver"] = services => Client(services).UseDnsResolver(SetPolicy),
        ["keyed"] = services => Client(services).UseKeyedDnsResolver("key", SetPolicy),
        ["following"] = services => Client(services).UseDnsFollowing(SetPolicy),
        ["handler"] = services => UsePrimary(services, () => new SocketsHttpHandler().UseDnsResolver(s_resolver, s_publicOnly)),
        ["handler, twice"] = services =>
            UsePrimary(services, () => new SocketsHttpHandler().UseDnsResolver(s_resolver, s_publicOnly).UseDnsResolver(s_resolver, new DnsConnectorOptions())),
        ["handler, connector"] = services =>
            UsePrimary(services, () => new SocketsHttpHandler { ConnectCallback = new DnsConnector(s_resolver, s_publicOnly).ConnectAsync }),
        ["handler that follows"] = services => UsePrimary(services, () => new DnsFollowingHandler(s_resolver, options: s_publicOnly)),
        ["handler that follows, its handlers"] = services =>
            UsePrimary(services, () => new DnsFollowingHandler(s_resolver, () => new SocketsHttpHandler().UseDnsResolver(s_resolver, s_publicOnly))),
        ["handler, wrapped"] = services => UsePrimary(services, () => new PassingHandler(new SocketsHttpHandler().UseDnsResolver(s_resolver, s_publicOnly))),
    };

    private static readonly Dictionary<string, Action<IServiceCollection>> s_others = new()
    {
        ["nothing"] = _ => { },
        ["line"] = services => services.AddDnsResolverForHttpClients(),
        ["all:resolver"] = services => services.ConfigureHttpClientDefaults(all => all.UseDnsResolver()),
        ["all:resolver, timeout"] = services => services.ConfigureHttpClientDefaults(all => all.UseDnsResolver(SetTimeout)),
        ["all:following"] = services => services.ConfigureHttpClientDefaults(all => all.UseDnsFollowing()),
        ["all:system"] = services => services.ConfigureHttpClientDefaults(all => all.UseSystemDns()),
        ["resolver"] = services => Client(services).UseDnsResolver(),
        ["resolver, timeout"] = services => Client(services).UseDnsResolver(SetTimeout),
        ["resolver, another policy"] = services => Client(services).UseDnsResolver(options => options.AddressPolicy += _ => true),
        ["keyed"] = services => Client(services).UseKeyedDnsResolver("key"),
        ["following"] = services => Client(services).UseDnsFollowing(),
        ["following, timeout"] = services => Client(services).UseDnsFollowing(SetTimeout),
        ["system"] = services => Client(services).UseSystemDns(),
    };

    // They take the place of a handler that was set before, whatever it did: what is under test is a policy that is set otherwise.
    private static readonly Dictionary<string, Action<IServiceCollection>> s_handlers = new()
    {
        ["plain"] = services => UsePrimary(services, () => new SocketsHttpHandler()),
        ["configured"] = services => Client(services).UseSocketsHttpHandler((handler, _) => handler.MaxConnectionsPerServer = 3),
        ["callback"] = services => UsePrimary(services, () => new SocketsHttpHandler { ConnectCallback = ConnectAsync }),
        ["with a resolver"] = services => UsePrimary(services, () => new SocketsHttpHandler().UseDnsResolver(s_resolver)),
        ["that follows"] = services => UsePrimary(services, () => new DnsFollowingHandler(s_resolver)),
        ["wrapped"] = services => UsePrimary(services, () => new PassingHandler(new SocketsHttpHandler().UseDnsResolver(s_resolver))),
        ["foreign"] = services => UsePrimary(services, () => new HttpClientHandler()),
    };

    public static TheoryData<string, string> Table
    {
        get
        {
            TheoryData<string, string> table = [];
            foreach (string policy in s_policies.Keys)
            {
                foreach (string other in policy.StartsWith("handler", StringComparison.Ordinal) ? s_others.Keys : s_others.Keys.Concat(s_handlers.Keys))
                {
                    table.Add(policy, other);
                }
            }

            return table;
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Client_WithAPolicySomewhere_ReachesNoAddressThatItRefuses(string policy, string other)
    {
        Action<IServiceCollection> choose = s_others.TryGetValue(other, out Action<IServiceCollection>? choice) ? choice : s_handlers[other];

        (await SendAsync(s_policies[policy], choose)).Should().BeTrue("the policy was set first");
        (await SendAsync(choose, s_policies[policy])).Should().BeTrue("the policy was set last");
    }

    [Fact]
    public async Task Client_WhosePolicyIsDroppedInWords_ReachesTheServer()
    {
        bool isRefused = await SendAsync(s_policies["all:resolver"], services => Client(services).UseDnsResolver(options => options.AddressPolicy = null));

        isRefused.Should().BeFalse("the table shows nothing unless the server can be reached");
    }

    /// <summary>Returns whether the client's policy refused the server's address, or the client could not be made for it.</summary>
    private static async Task<bool> SendAsync(Action<IServiceCollection> first, Action<IServiceCollection> second)
    {
        await using LoopbackHttpServer server = new();
        await using ServiceProvider provider = Primary.Build(services =>
        {
            services.AddSingleton<IDnsResolver>(s_resolver).AddKeyedSingleton<IDnsResolver>("key", s_resolver).AddHttpClient();
            first(services);
            second(services);
        });
        try
        {
            using HttpClient client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("client");
            await client.GetStringAsync(server.UriFor("app.example"));
            return false;
        }
        catch (HttpRequestException exception) when (exception.InnerException is DnsException { DnsError: DnsError.NameNotAllowed })
        {
            return true;
        }
        catch (InvalidOperationException exception)
        {
            exception.Message.Should().ContainAny("an AddressPolicy that would not be asked", "cannot follow DNS", "only SocketsHttpHandler lets others connect");
            return true;
        }
    }

    private static IHttpClientBuilder Client(IServiceCollection services) => services.AddHttpClient("client");

    private static void UsePrimary(IServiceCollection services, Func<HttpMessageHandler> create) => Client(services).ConfigurePrimaryHttpMessageHandler(create);

    private static void SetPolicy(DnsConnectorOptions options) => options.AddressPolicy = DnsAddressPolicy.PublicOnly;

    private static void SetTimeout(DnsConnectorOptions options) => options.ConnectTimeout = TimeSpan.FromMinutes(1);

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        System.Net.Sockets.Socket socket = new(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
        return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
    }
}
