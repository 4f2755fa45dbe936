using StubResolver.Interop.Tests.Servers;

namespace StubResolver.Interop.Tests;

/// <summary>A server that is killed between two names and comes back at the same address: what was open to it is dead.</summary>
[Collection(nameof(RealServers))]
public sealed class RestartTests(RealServers servers)
{
    [Theory]
    [On(ServerKind.Bind)]
    [On(ServerKind.Knot)]
    [On(ServerKind.Nsd)]
    [On(ServerKind.Unbound)]
    [On(ServerKind.PowerDnsBeforeNsd)]
    [On(ServerKind.KnotResolverBeforeKnot)]
    [On(ServerKind.DnsmasqBeforeBind)]
    public Task QueryAsync_RestartedServer_AnswersTheNextNamesAtOnce(ServerKind kind) => Cost.MeasureAsync(async () =>
    {
        await using RealServer server = await servers.StartOwnAsync(kind);
        await using MeasuredResolvers resolvers = await MeasuredResolvers.CreateAsync(server, options => options.Cache.Capacity = 0);

        await server.StopAsync();
        await server.StartAsync();

        foreach ((ClientKind client, MeasuredResolver resolver) in resolvers.All)
        {
            Measurement<DnsAnswer<DnsRecord>> small = await resolver.QueryAsync(Zones.NewName(), DnsRecordType.A);
            Measurement<DnsAnswer<DnsRecord>> big = await resolver.QueryAsync(MeasuredResolvers.Big, DnsRecordType.A);
            small.Answer.Records.Should().HaveCount(1, client.ToString());
            big.Answer.Records.Should().HaveCount(95, client.ToString());
            small.ShouldCostNoTimer(queries: client.HasCookies() ? 2 : 1, client.ToString()); // the cookie is of the server that was
            big.ShouldCostNoTimer(queries: client == ClientKind.Tcp ? 1 : 2, client.ToString());
        }
    });

    [Theory]
    [On(ServerKind.Bind)]
    [On(ServerKind.Knot)]
    [On(ServerKind.DnsmasqBeforeUnbound)]
    public Task QueryAsync_NamesAskedWhileItIsDown_FailAndLeaveNoTrace(ServerKind kind) => Cost.MeasureAsync(async () =>
    {
        string name = Zones.NewName();
        await using RealServer server = await servers.StartOwnAsync(kind);
        await using MeasuredResolvers resolvers = await MeasuredResolvers.CreateAsync(server);

        await server.StopAsync();
        foreach ((ClientKind client, MeasuredResolver resolver) in resolvers.All)
        {
            Func<Task> down = () => resolver.QueryAsync(name, DnsRecordType.A);
            (await down.Should().ThrowAsync<DnsException>(client.ToString())).Which.DnsError.Should().Be(DnsError.NetworkError);
        }

        await server.StartAsync();
        foreach ((ClientKind client, MeasuredResolver resolver) in resolvers.All)
        {
            Measurement<DnsAnswer<DnsRecord>> other = await resolver.QueryAsync(Zones.NewName(), DnsRecordType.A);
            Measurement<DnsAnswer<DnsRecord>> same = await resolver.QueryAsync(name, DnsRecordType.A);
            other.Answer.Records.Should().HaveCount(1, client.ToString());
            same.Answer.Records.Should().HaveCount(1, "the failure is forgotten when the server answers anything");
            other.ShouldCostNoTimer(queries: client.HasCookies() ? 2 : 1, client.ToString());
            same.ShouldCostNoTimer(queries: 1, client.ToString());
        }
    });
}
