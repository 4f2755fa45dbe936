using System.Net.Sockets;
using StubResolver.Resolution;
using StubResolver.Testing;
using StubResolver.Tests.Http;

namespace StubResolver.Tests.Scenarios;

/// <summary>How a watch calls back: on the pool, one at a time, and not after its end.</summary>
public sealed class WatchCallbackTests : WatchScenarioBase
{
    [Fact]
    public async Task Watch_CallbackThrows_GoesOn()
    {
        using LogCollector log = new();
        DnsTestServer server = StartServerWith("192.0.2.1");
        DnsResolver resolver = CreateResolver(server, log);
        using IDisposable watch = resolver.Watch(Name, AddressFamily.InterNetwork, answer =>
        {
            Report(answer);
            throw new InvalidOperationException("the user's fault");
        });
        await NextAsync();
        await AwaitSleepAsync();
        SetAddresses(server, "192.0.2.2");
        Wake();

        Addresses(await NextAsync()).Should().Equal("192.0.2.2");
        log.Entries.Should().Contain($"Error 1001 DnsResolver: The callback of the watch of {Name} failed.");
    }

    [Fact]
    public async Task Watch_DisposedInsideItsCallback_ReportsNothingMore()
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        DnsTestServer server = StartServerWith("192.0.2.1").On(Name, (_, response) => response.DelayUntil(gate.Task));
        DnsResolver resolver = CreateResolver(server);
        IDisposable? watch = null;
        watch = resolver.Watch(Name, AddressFamily.InterNetwork, answer =>
        {
            watch!.Dispose();
            Report(answer);
        });
        gate.SetResult();
        await NextAsync();
        SetAddresses(server, "192.0.2.2");

        await ((NameWatch)watch).Completion.WaitAsync(Guard);
        Wake();

        Reports.TryRead(out _).Should().BeFalse();
    }

    [Fact]
    public async Task Watch_DisposedWhileTheAnswerIsOnItsWay_ReportsNothing()
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        DnsTestServer server = StartServerWith("192.0.2.1").On(Name, (_, response) => response.DelayUntil(gate.Task));
        DnsResolver resolver = CreateResolver(server);
        IDisposable watch = resolver.Watch(Name, AddressFamily.InterNetwork, Report);
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);

        watch.Dispose();
        gate.SetResult();
        await ((NameWatch)watch).Completion.WaitAsync(Guard);

        Reports.TryRead(out _).Should().BeFalse();
    }

    [Fact]
    public async Task Watch_ResolverIsDisposed_EndsAllWatches()
    {
        DnsTestServer server = StartServerWith("192.0.2.1");
        DnsResolver resolver = CreateResolver(server);
        IDisposable[] watches =
        [
            resolver.Watch(Name, AddressFamily.InterNetwork, Report),
            resolver.Watch(Name, AddressFamily.InterNetwork, Report),
            resolver.KeepFresh(Name, AddressFamily.InterNetwork, Report),
        ];
        foreach (IDisposable _ in watches)
        {
            await NextAsync();
        }

        SetAddresses(server, "192.0.2.2");
        resolver.Dispose();
        Wake();
        await Task.WhenAll(watches.Select(watch => ((NameWatch)watch).Completion)).WaitAsync(Guard);

        Reports.TryRead(out _).Should().BeFalse();
        Count(server).Should().Be(1);
    }

    [Fact]
    public async Task Watch_CallbackIsSlowWhileTheSetChangesTwice_IsCalledOnceMoreAndNotBesideItself()
    {
        using SemaphoreSlim gate = new(0);
        int inside = 0;
        int most = 0;
        DnsTestServer server = StartServerWith("192.0.2.1");
        using IDisposable watch = CreateResolver(server).Watch(Name, AddressFamily.InterNetwork, answer =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            Report(answer);
            gate.Wait(Guard);
            Interlocked.Decrement(ref inside);
        });
        await NextAsync();
        foreach (string address in (string[])["192.0.2.2", "192.0.2.3"])
        {
            SetAddresses(server, address);
            Wake();
            await SettleAsync();
        }

        bool wasCalledMeanwhile = Reports.TryRead(out _);
        gate.Release();
        await AwaitSleepAsync();
        Wake();
        DnsAnswer<DnsAddressRecord> second = await NextAsync();
        gate.Release();

        (wasCalledMeanwhile, most).Should().Be((false, 1));
        Addresses(second).Should().Equal("192.0.2.3");
    }

    [Fact]
    public async Task Watch_CallersContext_DoesNotFlowIntoTheCallback()
    {
        AsyncLocal<string?> ambient = new() { Value = "caller" };
        DnsResolver resolver = CreateResolver(StartServerWith("192.0.2.1"));
        TaskCompletionSource<string?> seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        using IDisposable watch = resolver.Watch(Name, AddressFamily.InterNetwork, _ => seen.TrySetResult(ambient.Value));

        (await seen.Task.WaitAsync(Guard)).Should().BeNull();
    }

    [Fact]
    public async Task Watch_AnswerIsInTheCacheAlready_CallsBackOnThePoolAndNotInTheTimer()
    {
        Thread? advancing = null;
        bool wasInTimer = false;
        DnsTestServer server = StartServerWith("192.0.2.1");
        DnsResolver resolver = CreateResolver(server);
        using IDisposable watch = resolver.Watch(Name, AddressFamily.InterNetwork, answer =>
        {
            wasInTimer |= Thread.CurrentThread == Volatile.Read(ref advancing) || !Thread.CurrentThread.IsThreadPoolThread;
            Report(answer);
        });
        await NextAsync();
        await AwaitSleepAsync();
        SetAddresses(server, "192.0.2.2");
        Clock.Advance(Seconds(30.01)); // the answer has ended, and the watch sleeps a little longer
        await resolver.ResolveAddressesAsync(Name, AddressFamily.InterNetwork).AsTask().WaitAsync(Guard);

        Volatile.Write(ref advancing, Thread.CurrentThread);
        Clock.Advance(Seconds(1));
        Volatile.Write(ref advancing, null);

        Addresses(await NextAsync()).Should().Equal("192.0.2.2");
        wasInTimer.Should().BeFalse("who works long in a callback must hold up nobody's timers");
    }
}
