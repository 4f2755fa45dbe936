using StubResolver.Interop.Tests.Servers;

namespace StubResolver.Interop.Tests;

/// <summary>A server that is killed between two names and comes back at the same address: what was open to it is dead.</summary>
[Collection(nameof(RealServers))]
public sealed class RestartTests(RealServers servers)
{
    private const string Big = "big.interop.test";

    [Theory]
    [On(ServerKind.Bind, EachClient = true)]
    [On(ServerKind.Knot, EachClient = true)]
    [On(ServerKind.Nsd, EachClient = true)]
    [On(ServerKind.Unbound, EachClient = true)]
    [On(ServerKind.PowerDnsBeforeNsd, EachClient = true)]
    [On(ServerKind.KnotResolverBeforeKnot, EachClient = true)]
    [On(ServerKind.DnsmasqBeforeBind, EachClient = true)]
    public async Task QueryAsync_RestartedServer_AnswersTheNextNamesAtOnce(ServerKind kind, ClientKind client)
    {
        await using RealServer server = await servers.StartOwnAsync(kind);
        await using MeasuredResolver resolver = new(server, client, options => options.Cache.Capacity = 0);
        await resolver.QueryAsync(Zones.NewName(), DnsRecordType.A);
        await resolver.QueryAsync(Big, DnsRecordType.A); // leaves a TCP connection open

        await server.StopAsync();
        await server.StartAsync();

        Measurement<DnsAnswer<DnsRecord>> small = await resolver.QueryAsync(Zones.NewName(), DnsRecordType.A);
        Measurement<DnsAnswer<DnsRecord>> big = await resolver.QueryAsync(Big, DnsRecordType.A);
        small.Answer.Records.Should().HaveCount(1);
        big.Answer.Records.Should().HaveCount(95);
        small.ShouldCostNoTimer(queries: client.HasCookies() ? 2 : 1); // the cookie is of the server that was
        big.ShouldCostNoTimer(queries: client == ClientKind.Tcp ? 1 : 2);
    }

    [Theory]
    [On(ServerKind.Bind, EachClient = true)]
    [On(ServerKind.Knot, EachClient = true)]
    [On(ServerKind.DnsmasqBeforeUnbound, EachClient = true)]
    public async Task QueryAsync_NamesAskedWhileItIsDown_FailWithinASecondAndLeaveNoTrace(ServerKind kind, ClientKind client)
    {
        string name = Zones.NewName();
        await using RealServer server = await servers.StartOwnAsync(kind);
        await using MeasuredResolver resolver = new(server, client);
        await resolver.QueryAsync(Zones.NewName(), DnsRecordType.A);
        await resolver.QueryAsync(Big, DnsRecordType.A);
        await server.StopAsync();

        Func<Task> down = () => resolver.QueryAsync(name, DnsRecordType.A);
        (await down.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.NetworkError);

        await server.StartAsync();
        Measurement<DnsAnswer<DnsRecord>> other = await resolver.QueryAsync(Zones.NewName(), DnsRecordType.A);
        Measurement<DnsAnswer<DnsRecord>> same = await resolver.QueryAsync(name, DnsRecordType.A);
        other.Answer.Records.Should().HaveCount(1);
        same.Answer.Records.Should().HaveCount(1, "the failure is forgotten when the server answers anything");
        other.ShouldCostNoTimer(queries: 2); // one for a cookie or a probe
        same.ShouldCostNoTimer(queries: 2);
    }
}
