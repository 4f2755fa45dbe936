using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public class SystemAddressesTests
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task ResolveAsync_SystemAnswers_HasNoLifeAndKeepsTheOrder()
    {
        using SystemAddresses addresses = Create((_, _, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("192.0.2.2"), IPAddress.Parse("192.0.2.1")]));

        DnsAnswer<DnsAddressRecord> answer = await addresses.ResolveAsync("a.test", AddressFamily.Unspecified, default);

        answer.Records.Select(record => record.Address.ToString()).Should().Equal("192.0.2.2", "192.0.2.1");
        answer.Records.Should().OnlyContain(record => record.Ttl == TimeSpan.Zero && record.Name == "a.test");
        answer.ExpiresAt.Should().Be(_time.GetUtcNow(), "the system tells no TTL");
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, DnsError.NameNotFound)]
    [InlineData(SocketError.NoData, DnsError.NoData)]
    [InlineData(SocketError.TryAgain, DnsError.ServerFailure)]
    [InlineData(SocketError.NoRecovery, DnsError.ServerFailure)]
    [InlineData(SocketError.TooManyOpenSockets, DnsError.NetworkError)]
    public async Task ResolveAsync_SystemFails_BecomesOurError(SocketError error, DnsError expected)
    {
        using SystemAddresses addresses = Create((_, _, _) => throw new SocketException((int)error));

        Func<Task> resolve = () => addresses.ResolveAsync("a.test", AddressFamily.Unspecified, default).AsTask();

        DnsException thrown = (await resolve.Should().ThrowExactlyAsync<DnsException>()).Which;
        thrown.DnsError.Should().Be(expected);
        thrown.Name.Should().Be("a.test");
    }

    [Fact]
    public async Task ResolveAsync_SystemHangs_EndsWithTheBudget()
    {
        using SystemAddresses addresses = Create((_, _, _) => new TaskCompletionSource<IPAddress[]>().Task);
        Task resolve = addresses.ResolveAsync("a.test", AddressFamily.Unspecified, default).AsTask();

        _time.Advance(s_timeout);

        (await resolve.Awaiting(task => task).Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.Timeout);
    }

    [Fact]
    public async Task ResolveAsync_SystemFailsAfterTheBudget_IsCancelledAndObserved()
    {
        WeakReference asked = new(null);
        List<Exception> unobserved = [];
        EventHandler<UnobservedTaskExceptionEventArgs> listener = (_, e) => unobserved.AddRange(e.Exception.InnerExceptions.Where(inner => inner.Message == "too late"));
        TaskScheduler.UnobservedTaskException += listener;
        try
        {
            bool isCancelled = await FailLateAsync(asked);
            for (int i = 0; i < 10 && asked.IsAlive; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            isCancelled.Should().BeTrue("nobody waits for it any more");
            asked.IsAlive.Should().BeFalse("the finalizer is what tells of an exception that nobody saw");
            unobserved.Should().BeEmpty();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= listener;
        }
    }

    [Fact]
    public async Task ResolveAsync_CallerCancels_CarriesTheCallersToken()
    {
        using SystemAddresses addresses = Create((_, _, _) => new TaskCompletionSource<IPAddress[]>().Task);
        using CancellationTokenSource caller = new();
        Task resolve = addresses.ResolveAsync("a.test", AddressFamily.Unspecified, caller.Token).AsTask();

        await caller.CancelAsync();

        (await resolve.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(caller.Token);
    }

    [Fact]
    public async Task ResolveAsync_DisposedMeanwhile_SaysSo()
    {
        SystemAddresses addresses = Create((_, _, _) => new TaskCompletionSource<IPAddress[]>().Task);
        Task resolve = addresses.ResolveAsync("a.test", AddressFamily.Unspecified, default).AsTask();

        addresses.Dispose();

        await resolve.Awaiting(task => task).Should().ThrowAsync<ObjectDisposedException>();
    }

    private async Task<bool> FailLateAsync(WeakReference asked)
    {
        TaskCompletionSource<IPAddress[]> late = new();
        CancellationToken token = default;
        using SystemAddresses addresses = Create((_, _, linked) =>
        {
            token = linked;
            return late.Task;
        });
        Task resolve = addresses.ResolveAsync("a.test", AddressFamily.Unspecified, default).AsTask();
        _time.Advance(s_timeout);
        await resolve.Awaiting(task => task).Should().ThrowAsync<DnsException>();
        asked.Target = late.Task;
        bool isCancelled = token.IsCancellationRequested;
        late.SetException(new InvalidOperationException("too late"));
        return isCancelled;
    }

    private SystemAddresses Create(Func<string, AddressFamily, CancellationToken, Task<IPAddress[]>> query) => new(_time, s_timeout, query);
}
