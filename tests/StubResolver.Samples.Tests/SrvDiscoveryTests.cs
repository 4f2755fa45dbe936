using System.Net;
using System.Net.Sockets;
using ClientSamples;

namespace StubResolver.Samples.Tests;

public sealed class SrvDiscoveryTests : SampleTestBase
{
    private const string Service = "_line._tcp.service.test";

    [Fact]
    public async Task ConnectAsync_TargetsOfSeveralPriorities_ConnectsToTheFirstOneThatCanBeReached()
    {
        LineServer server = Own(new LineServer(_ => ""));
        LineServer spare = Own(new LineServer(_ => ""));
        using Socket refusing = Refuse();
        AddTarget(30, "spare.service.test", spare.Port);
        AddTarget(20, "second.service.test", server.Port);
        AddTarget(15, "missing.service.test", server.Port);
        AddTarget(10, "first.service.test", ((IPEndPoint)refusing.LocalEndPoint!).Port);
        Array.ForEach(["first", "second", "spare"], host => Dns.AddAddress(host + ".service.test", "127.0.0.1"));
        using CancellationTokenSource guard = new(Guard);

        using Socket socket = await SrvDiscovery.ConnectAsync(Resolver, Connector, Service, guard.Token);

        ((IPEndPoint)socket.RemoteEndPoint!).Port.Should().Be(server.Port);
        Dns.Queries.Where(query => query.Type == DnsRecordType.A).Select(query => query.Name).Distinct().Should()
            .Equal("first.service.test", "missing.service.test", "second.service.test");
    }

    [Fact]
    public async Task ConnectAsync_NoTargetCanBeReached_ThrowsWhatEachDid()
    {
        using Socket refusing = Refuse();
        AddTarget(10, "missing.service.test", 1);
        AddTarget(20, "refusing.service.test", ((IPEndPoint)refusing.LocalEndPoint!).Port);
        Dns.AddAddress("refusing.service.test", "127.0.0.1");
        using CancellationTokenSource guard = new(Guard);

        Func<Task> act = () => SrvDiscovery.ConnectAsync(Resolver, Connector, Service, guard.Token);

        (await act.Should().ThrowAsync<AggregateException>()).Which.InnerExceptions.Should().SatisfyRespectively(
            first => first.Should().BeOfType<DnsException>().Which.DnsError.Should().Be(DnsError.NameNotFound),
            second => second.Should().BeOfType<SocketException>().Which.SocketErrorCode.Should().Be(SocketError.ConnectionRefused));
    }

    [Fact]
    public async Task ConnectAsync_DomainSaysThatThereIsNoSuchService_TriesNothing()
    {
        AddTarget(0, ".", 0);
        using CancellationTokenSource guard = new(Guard);

        Func<Task> act = () => SrvDiscovery.ConnectAsync(Resolver, Connector, Service, guard.Token);

        (await act.Should().ThrowAsync<AggregateException>()).Which.InnerExceptions.Should().BeEmpty();
        Dns.Queries.Should().OnlyContain(query => query.Type == DnsRecordType.Srv);
    }

    private static Socket Refuse()
    {
        Socket holder = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        holder.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // bound and not listening: the port is nobody else's, and refuses
        return holder;
    }

    private void AddTarget(int priority, string target, int port) =>
        Dns.AddRecord(new DnsSrvRecord(Service, TimeSpan.FromSeconds(300), priority, 1, port, target));
}
