using System.Diagnostics;
using System.Net.Sockets;
using StubResolver.Resolution;
using StubResolver.Testing;
using StubResolver.Tests.Scenarios;
using StubResolver.Transport;

namespace StubResolver.Tests.Diagnostics;

/// <summary>
/// Callbacks of listeners that throw. On the caller's own path the exception reaches the caller, as everywhere in .NET; where the resolver works for
/// several callers or for none, it would cost a lookup, a socket or the process, and is dropped.
/// </summary>
public sealed class ThrowingListenerTests : ScenarioTestBase
{
    private const string Name = "a.test";
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);

    private readonly TestMeterFactory _meters;

    public ThrowingListenerTests() => _meters = Track(new TestMeterFactory());

    [Theory]
    [InlineData("dns.lookup.duration")]
    [InlineData("stubresolver.cache.requests")]
    public async Task Lookup_CallbackOfTheCallersOwnMeasurementThrows_CallerGetsThatAndTheNextLookupItsAnswer(string instrument)
    {
        DnsTestServer server = StartServer().AddAddress(Name, "192.0.2.1");
        DnsResolver resolver = CreateResolver(options => options.MeterFactory = _meters, server);

        using (new ThrowingListener(_meters, instrument))
        {
            Func<Task>[] lookups =
            [
                async () => await resolver.ResolveAddressesAsync(Name),
                async () => await resolver.ResolveTxtAsync("missing.test"),
                async () => await resolver.QueryAsync(Name, DnsRecordType.A),
            ];
            foreach (Func<Task> lookUp in lookups)
            {
                await lookUp.Awaiting(run => run().WaitAsync(Guard)).Should().ThrowAsync<NotFiniteNumberException>();
            }
        }

        (await resolver.ResolveAddressesAsync(Name).AsTask().WaitAsync(Guard)).Records.Should().ContainSingle();
        await AwaitNothingOpenAsync(resolver);
    }

    [Theory]
    [InlineData("dns.lookup.duration", typeof(NotFiniteNumberException))]
    [InlineData("stubresolver.cache.requests", typeof(NotFiniteNumberException))]
    [InlineData("stubresolver.cache.requests", typeof(OperationCanceledException))]
    [InlineData("stubresolver.cache.requests", typeof(ObjectDisposedException))]
    public async Task Watch_CallbackThrows_WatchGoesOn(string instrument, Type exception)
    {
        DnsTestServer server = StartServer().AddAddress(Name, "192.0.2.1");
        DnsResolver resolver = CreateResolver(options => options.MeterFactory = _meters, server);
        TaskCompletionSource reported = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Exception thrown = exception == typeof(ObjectDisposedException) ? new ObjectDisposedException("exporter") : (Exception)Activator.CreateInstance(exception)!;
        using ThrowingListener listener = new(_meters, instrument) { Exception = thrown };
        using IDisposable watch = resolver.Watch(Name, AddressFamily.InterNetwork, _ => reported.TrySetResult());
        await AdvanceUntilAsync(() => listener.Calls > 0, s_step, s_longest);

        listener.Dispose();
        await AdvanceUntilAsync(() => reported.Task.IsCompleted, TimeSpan.FromMilliseconds(20), TimeSpan.FromMinutes(1));

        await reported.Task.WaitAsync(Guard);
    }

    [Theory]
    [InlineData("stubresolver.query.duration")]
    [InlineData("stubresolver.tcp.fallbacks")]
    public async Task Lookup_CallbackInTheQuestionsLoopThrows_AnswersAndLeavesNothingOpen(string instrument)
    {
        DnsTestServer server = StartServer().AddAddress(Name, "192.0.2.1").On(Name, (query, response) =>
        {
            if (query.Protocol == DnsProtocol.Udp)
            {
                response.Truncate();
            }
        });
        DnsResolver resolver = CreateResolver(options => options.MeterFactory = _meters, server);
        using ThrowingListener listener = new(_meters, instrument);

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync(Name).AsTask().WaitAsync(Guard);

        answer.Records.Should().ContainSingle();
        listener.Calls.Should().BePositive();
        await AwaitNothingOpenAsync(resolver);
    }

    [Fact]
    public async Task Lookup_CallbackThrowsWhileSeveralTransmissionsAreOut_AllAreStoppedAndAllSlotsFreed()
    {
        DnsTestServer server = StartServer().AddAddress(Name, "192.0.2.1");
        DnsResolver resolver = CreateResolver(
            options => (options.MeterFactory, options.HedgeAfter) = (_meters, TimeSpan.Zero), StartSilentServer(), StartSilentServer(), server);
        using ThrowingListener listener = new(_meters, "stubresolver.query.duration");

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync(Name, DnsRecordType.A).AsTask().WaitAsync(Guard);

        answer.Records.Should().ContainSingle();
        listener.Calls.Should().Be(3);
        await AwaitNothingOpenAsync(resolver);
    }

    [Fact]
    public async Task Lookup_CallbackOfARejectedDatagramThrows_KeepsListening()
    {
        DnsTestServer server = StartServer().AddAddress(Name, "192.0.2.1").On(Name, (_, response) => response.JunkFirst(1));
        DnsResolver resolver = CreateResolver(options => options.MeterFactory = _meters, server);
        using ThrowingListener listener = new(_meters, "stubresolver.datagrams.rejected");

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync(Name).AsTask().WaitAsync(Guard);

        answer.Records.Should().ContainSingle();
        listener.Calls.Should().Be(2);
        await AwaitNothingOpenAsync(resolver);
    }

    [Fact]
    public async Task Lookup_CallbackOfAnEvictionThrows_Answers()
    {
        DnsTestServer server = StartServer().AddAddress(Name, "192.0.2.1").AddAddress("b.test", "192.0.2.2");
        DnsResolver resolver = CreateResolver(options => (options.MeterFactory, options.Cache.Capacity) = (_meters, 1), server);
        using ThrowingListener listener = new(_meters, "stubresolver.cache.evictions");
        await resolver.QueryAsync(Name, DnsRecordType.A).AsTask().WaitAsync(Guard);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("b.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        answer.Records.Should().ContainSingle();
        listener.Calls.Should().Be(1);
        await AwaitNothingOpenAsync(resolver);
    }

    [Fact]
    public async Task Reload_CallbackThrows_NewServersAreAskedAllTheSame()
    {
        DnsResolver resolver = CreateResolver(options => options.MeterFactory = _meters);
        using ThrowingListener listener = new(_meters, "stubresolver.configuration.reloads");
        Host.ResolvConf = "nameserver 192.0.2.53";

        Time.Advance(TimeSpan.FromSeconds(5));
        await AdvanceUntilAsync(() => listener.Calls > 0, s_step, s_longest);

        listener.Calls.Should().Be(1);
        resolver.Pipeline.Engine.Context.Servers.Should().ContainSingle().Which.Server.ToString().Should().Be("192.0.2.53:53");
    }

    [Fact]
    public async Task Shadow_CallbacksThrow_GoesOnComparing()
    {
        DnsTestServer server = StartServer();
        DnsResolver resolver = CreateResolver(options => (options.MeterFactory, options.Mode) = (_meters, DnsResolverMode.Shadow), server);
        using ThrowingListener listener = new(_meters, "stubresolver.shadow.comparisons");

        await resolver.ResolveAddressesAsync("localhost").AsTask().WaitAsync(Guard);
        await resolver.ResolveAddressesAsync("127.0.0.1").AsTask().WaitAsync(Guard);
        await AdvanceUntilAsync(() => listener.Calls > 1, s_step, s_longest);

        listener.Calls.Should().Be(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Lookup_CallbackOfItsActivityThrows_CallerGetsThatAndTheNextLookupItsAnswer(bool atStart)
    {
        DnsTestServer server = StartServer().AddAddress(Name, "192.0.2.1");
        DnsResolver resolver = CreateResolver(server);
        using Activity parent = new Activity("test").Start();
        using (ActivityListener listener = new())
        {
            listener.ShouldListenTo = source => source.Name == "StubResolver";
            listener.Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent.TraceId == parent.TraceId ? ActivitySamplingResult.AllData : ActivitySamplingResult.None;
            listener.ActivityStarted = activity => ThrowIf(atStart && activity.Parent == parent);
            listener.ActivityStopped = activity => ThrowIf(!atStart && activity.Parent == parent);
            ActivitySource.AddActivityListener(listener);

            await resolver.Awaiting(r => r.ResolveAddressesAsync(Name).AsTask().WaitAsync(Guard)).Should().ThrowAsync<NotFiniteNumberException>();
            Activity.Current.Should().BeSameAs(parent);
        }

        (await resolver.ResolveAddressesAsync(Name).AsTask().WaitAsync(Guard)).Records.Should().ContainSingle();
        await AwaitNothingOpenAsync(resolver);
    }

    [Fact]
    public async Task Lookup_EveryCallbackThrows_EndsAndDisposalDoes()
    {
        DnsResolver resolver = CreateResolver(options => options.MeterFactory = _meters, StartServer().AddAddress(Name, "192.0.2.1"));
        using ThrowingListener listener = new(_meters);

        await resolver.Awaiting(r => r.ResolveAddressesAsync(Name).AsTask().WaitAsync(Guard)).Should().ThrowAsync<NotFiniteNumberException>();

        await AwaitNothingOpenAsync(resolver);
        await resolver.DisposeAsync().AsTask().WaitAsync(Guard);
    }

    private static void ThrowIf(bool condition)
    {
        if (condition)
        {
            throw new NotFiniteNumberException("the listener's");
        }
    }

    private async Task AwaitNothingOpenAsync(DnsResolver resolver)
    {
        QueryEngine engine = resolver.Pipeline.Engine;
        SocketTransport transport = (SocketTransport)engine.Context.Transport;

        await AdvanceUntilAsync(() => engine.RunningCount == 0 && transport.OpenUdpCount == 0, s_step, s_longest);

        (engine.RunningCount, transport.OpenUdpCount, engine.Context.Slots.InFlight).Should().Be((0, 0, 0));
    }
}
