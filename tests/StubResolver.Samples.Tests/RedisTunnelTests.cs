using System.Net;
using ClientSamples;
using Garnet;
using Garnet.server;
using StackExchange.Redis;

namespace StubResolver.Samples.Tests;

public sealed class RedisTunnelTests : SampleTestBase
{
    [Theory]
    [InlineData("redis.test")]
    [InlineData("127.0.0.1")]
    public async Task ConnectAsync_HostOfALocalServer_KeepsWhatIsSet(string host)
    {
        (GarnetServer server, int port) = await StartAsync();
        using IDisposable owned = server;
        Dns.AddAddress("redis.test", "127.0.0.1");
        int patience = (int)Guard.TotalMilliseconds; // the client's own is 5 s
        ConfigurationOptions options = new()
        {
            EndPoints = { { host, port } }, Tunnel = new RedisTunnel(Connector), AbortOnConnectFail = true, ConnectTimeout = patience, AsyncTimeout = patience,
        };

        await using ConnectionMultiplexer redis = await ConnectionMultiplexer.ConnectAsync(options).WaitAsync(Guard);
        await redis.GetDatabase().StringSetAsync("key", "found");

        ((string?)await redis.GetDatabase().StringGetAsync("key")).Should().Be("found");
        (Count("redis.test", DnsRecordType.A) > 0).Should().Be(host == "redis.test");
    }

    // A Redis server in this process.
    private static Task<(GarnetServer Server, int Port)> StartAsync() => LocalPort.StartAsync(port =>
    {
        GarnetServer server = new(new GarnetServerOptions
        {
            EndPoints = [new IPEndPoint(IPAddress.Loopback, port)], LogMemorySize = "16m", PageSize = "1m", IndexMemorySize = "1m", DisablePubSub = false,
        });
        try
        {
            server.Start();
            return Task.FromResult((server, port));
        }
        catch
        {
            server.Dispose();
            throw;
        }
    });
}
