using ClientSamples;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace StubResolver.Samples.Tests;

/// <summary>The service is the health check that gRPC brings: a unary call, and a stream that stays open.</summary>
public sealed class GrpcClientTests : SampleTestBase
{
    private const string Name = "grpc.test";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Channel_NameOfALocalServer_ReachesIt(bool isFollowing)
    {
        LocalWebServer server = Own(await StartAsync(HealthCheckResponse.Types.ServingStatus.Serving));
        Dns.AddAddress(Name, "127.0.0.1");
        using GrpcChannel channel = isFollowing
            ? GrpcClient.CreateFollowingChannel(Resolver, new Uri($"http://{Name}:{server.Port}"))
            : GrpcClient.CreateChannel(Resolver, new Uri($"http://{Name}:{server.Port}"));
        Health.HealthClient client = new(channel);

        HealthCheckResponse response = await client.CheckAsync(new HealthCheckRequest()).ResponseAsync.WaitAsync(Guard);

        response.Status.Should().Be(HealthCheckResponse.Types.ServingStatus.Serving);
        Count(Name, DnsRecordType.A).Should().BePositive();
    }

    [Fact]
    public async Task FollowingChannel_ServiceMoves_NewCallsMoveAndTheOpenStreamStays()
    {
        HealthServiceImpl old = new();
        old.SetStatus("", HealthCheckResponse.Types.ServingStatus.Serving);
        (LocalWebServer first, _) = await StartTwoAsync(old);
        Testing.FakeDnsResolver resolver = new Testing.FakeDnsResolver().AddAddress(Name, System.Net.IPAddress.Parse("127.0.0.1"));
        using GrpcChannel channel = GrpcClient.CreateFollowingChannel(resolver, new Uri($"http://{Name}:{first.Port}"));
        Health.HealthClient client = new(channel);
        using CancellationTokenSource guard = new(Guard);
        using AsyncServerStreamingCall<HealthCheckResponse> stream = client.Watch(new HealthCheckRequest(), cancellationToken: guard.Token);
        (await stream.ResponseStream.MoveNext(guard.Token)).Should().BeTrue();

        resolver.Change(Name, System.Net.IPAddress.Parse("127.0.0.2"));
        HealthCheckResponse.Types.ServingStatus moved = await CheckUntilMovedAsync(client, guard.Token);
        old.SetStatus("", HealthCheckResponse.Types.ServingStatus.Unknown);

        moved.Should().Be(HealthCheckResponse.Types.ServingStatus.NotServing, "that is what the new server says");
        (await stream.ResponseStream.MoveNext(guard.Token)).Should().BeTrue("an open stream is not cut");
        stream.ResponseStream.Current.Status.Should().Be(HealthCheckResponse.Types.ServingStatus.Unknown, "that is what the old server says");
    }

    private static async Task<HealthCheckResponse.Types.ServingStatus> CheckUntilMovedAsync(Health.HealthClient client, CancellationToken cancellationToken)
    {
        HealthCheckResponse response;
        do
        {
            response = await client.CheckAsync(new HealthCheckRequest(), cancellationToken: cancellationToken); // the watch tells on the pool
        }
        while (response.Status == HealthCheckResponse.Types.ServingStatus.Serving);

        return response.Status;
    }

    private static Task<LocalWebServer> StartAsync(HealthCheckResponse.Types.ServingStatus status, string address = "127.0.0.1", int port = 0)
    {
        HealthServiceImpl health = new();
        health.SetStatus("", status);
        return StartAsync(health, address, port);
    }

    private static Task<LocalWebServer> StartAsync(HealthServiceImpl health, string address = "127.0.0.1", int port = 0) => LocalWebServer.StartAsync(
        application => application.MapGrpcService<HealthServiceImpl>(),
        HttpProtocols.Http2,
        services => services.AddSingleton(health).AddGrpc(),
        address,
        port);

    private async Task<(LocalWebServer First, LocalWebServer Second)> StartTwoAsync(HealthServiceImpl health)
    {
        for (int tries = 0; ; tries++)
        {
            LocalWebServer first = await StartAsync(health);
            try
            {
                return (Own(first), Own(await StartAsync(HealthCheckResponse.Types.ServingStatus.NotServing, "127.0.0.2", first.Port)));
            }
            catch (IOException) when (tries < 20)
            {
                await first.DisposeAsync(); // the port is taken on the other address
            }
        }
    }
}
