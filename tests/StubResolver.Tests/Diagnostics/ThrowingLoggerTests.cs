using System.Net;
using System.Net.Sockets;
using StubResolver.Resolution;
using StubResolver.Testing;
using StubResolver.Tests.Scenarios;
using StubResolver.Transport;

namespace StubResolver.Tests.Diagnostics;

/// <summary>What a logger throws costs no lookup, no connection and no watch.</summary>
public sealed class ThrowingLoggerTests : ScenarioTestBase
{
    private const string Name = "a.test";
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);

    private readonly ThrowingLogs _logs;

    public ThrowingLoggerTests() => _logs = Track(new ThrowingLogs());

    [Fact]
    public async Task Lookup_LoggerThrows_AnswersAndLeavesNothingOpen()
    {
        DnsTestServer refusing = StartServer().OnAnyQuery((_, response) => response.Code(DnsResponseCode.Refused));
        DnsTestServer server = StartServer().AddAddress(Name, "192.0.2.1");
        DnsResolver resolver = CreateResolver(options => options.LoggerFactory = _logs, refusing, server);

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync(Name).AsTask().WaitAsync(Guard);

        answer.Records.Should().ContainSingle();
        _logs.Calls.Should().BePositive();
        await AwaitNothingOpenAsync(resolver);
    }

    [Fact]
    public async Task Lookup_LoggerThrowsWhileSeveralTransmissionsAreOut_AllAreStoppedAndAllSlotsFreed()
    {
        DnsTestServer server = StartServer().AddAddress(Name, "192.0.2.1");
        DnsResolver resolver = CreateResolver(
            options => (options.LoggerFactory, options.HedgeAfter) = (_logs, TimeSpan.Zero), StartSilentServer(), StartSilentServer(), server);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync(Name, DnsRecordType.A).AsTask().WaitAsync(Guard);

        answer.Records.Should().ContainSingle();
        await AwaitNothingOpenAsync(resolver);
    }

    [Fact]
    public async Task Lookup_EveryServerSilentAndLoggerThrows_IsATimeout()
    {
        DnsResolver resolver = CreateResolver(options => options.LoggerFactory = _logs, StartSilentServer());
        Task<DnsAnswer<DnsRecord>> lookup = resolver.QueryAsync(Name, DnsRecordType.A).AsTask();

        Func<Task> end = () => AdvanceUntilEndAsync(lookup, TimeSpan.FromMilliseconds(250), TimeSpan.FromMinutes(1));

        (await end.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.Timeout);
        await AwaitNothingOpenAsync(resolver);
    }

    [Fact]
    public void Reload_LoggerThrows_NewServersAreAskedAllTheSame()
    {
        DnsResolver resolver = CreateResolver(options => options.LoggerFactory = _logs);
        Host.ResolvConf = "nameserver 192.0.2.53";

        Time.Advance(TimeSpan.FromSeconds(5));

        resolver.Pipeline.Engine.Context.Servers.Should().ContainSingle().Which.Server.ToString().Should().Be("192.0.2.53:53");
    }

    [Fact]
    public async Task Watch_CallbackAndLoggerThrow_GoesOnWatching()
    {
        string address = "192.0.2.1";
        DnsTestServer server = StartServer().On(Name, DnsRecordType.A, (_, response) => response.AddAddress(Volatile.Read(ref address)!, TimeSpan.FromSeconds(5)));
        DnsResolver resolver = CreateResolver(options => options.LoggerFactory = _logs, server);
        int reports = 0;
        using IDisposable watch = resolver.Watch(Name, AddressFamily.InterNetwork, _ =>
        {
            Interlocked.Increment(ref reports);
            throw new NotFiniteNumberException("the callback's");
        });
        await AdvanceUntilAsync(() => Volatile.Read(ref reports) == 1, s_step, s_longest);

        Volatile.Write(ref address, "192.0.2.2");
        await AdvanceUntilAsync(() => Volatile.Read(ref reports) == 2, TimeSpan.FromMilliseconds(20), TimeSpan.FromMinutes(5));

        Volatile.Read(ref reports).Should().Be(2);
    }

    [Fact]
    public async Task Connect_LoggerThrows_GoesToTheNextAddress()
    {
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        FakeDnsResolver resolver = new FakeDnsResolver().AddAddress(Name, IPAddress.IPv6Loopback, IPAddress.Loopback); // nobody listens at the first
        DnsConnector connector = new(resolver, new DnsConnectorOptions { LoggerFactory = _logs, PreferredFamily = AddressFamily.InterNetworkV6 });

        using Socket socket = await connector.ConnectAsync(Name, ((IPEndPoint)listener.LocalEndPoint!).Port).AsTask().WaitAsync(Guard);

        socket.Connected.Should().BeTrue();
        _logs.Calls.Should().Be(1);
    }

    private async Task AwaitNothingOpenAsync(DnsResolver resolver)
    {
        QueryEngine engine = resolver.Pipeline.Engine;
        SocketTransport transport = (SocketTransport)engine.Context.Transport;

        await AdvanceUntilAsync(() => engine.RunningCount == 0 && transport.OpenUdpCount == 0, s_step, s_longest);

        (engine.RunningCount, transport.OpenUdpCount, engine.Context.Slots.InFlight).Should().Be((0, 0, 0));
    }
}
