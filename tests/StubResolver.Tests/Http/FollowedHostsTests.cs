using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using StubResolver.Testing;

namespace StubResolver.Tests.Http;

public sealed class FollowedHostsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<SocketsHttpHandler> _handlers = [];
    private readonly FollowedHosts _hosts;
    private Action? _creating;

    public FollowedHostsTests()
    {
        FakeDnsResolver resolver = new();
        _hosts = new FollowedHosts(new FollowedHostServices(resolver, new DnsConnector(resolver), CreateHandler, _time, NullLogger.Instance));
    }

    public void Dispose() => _hosts.Dispose();

    [Theory]
    [InlineData("host.test", "HOST.test", 1)]
    [InlineData("host.test", "other.test", 2)]
    [InlineData("host.test", "host.test.", 2)]
    public void Enter_TwoHosts_HaveAHandlerEach(string first, string second, int expected)
    {
        _hosts.Enter(first).Dispose();
        _hosts.Enter(second).Dispose();

        _handlers.Should().HaveCount(expected);
    }

    [Fact]
    public void Enter_MoreHostsThanAreKept_DropsTheOneUnusedLongest()
    {
        for (int i = 0; i < FollowedHosts.Capacity; i++)
        {
            _hosts.Enter($"{i}.test").Dispose();
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        _hosts.Enter("0.test").Dispose();
        _hosts.Enter("one.more.test").Dispose();
        int before = _handlers.Count;
        _hosts.Enter("0.test").Dispose();
        _hosts.Enter("2.test").Dispose();
        int kept = _handlers.Count;
        _hosts.Enter("1.test").Dispose();

        (before, kept, _handlers.Count).Should().Be((FollowedHosts.Capacity + 1, FollowedHosts.Capacity + 1, FollowedHosts.Capacity + 2));
    }

    [Fact]
    public void Enter_NothingIsUsedAnyMore_StopsTheClockUntilTheNextHost()
    {
        _hosts.Enter("host.test").Dispose();
        _time.Advance(TimeSpan.FromMinutes(6));
        _hosts.Enter("host.test").Dispose();
        int anew = _handlers.Count;
        _time.Advance(TimeSpan.FromMinutes(6));
        _hosts.Enter("host.test").Dispose();

        (anew, _handlers.Count).Should().Be((2, 3));
    }

    [Fact]
    public async Task Enter_CreateHandlerTakesLong_NothingElseWaitsForIt()
    {
        using SemaphoreSlim gate = new(0);
        using SemaphoreSlim begun = new(0);
        _creating = () =>
        {
            begun.Release();
            gate.Wait(TimeSpan.FromSeconds(30)).Should().BeTrue();
        };
        Task<bool> entering = Task.Run(() =>
        {
            _hosts.Enter("host.test").Dispose();
            return true;
        });
        (await begun.WaitAsync(TimeSpan.FromSeconds(30))).Should().BeTrue();

        Task sweep = Task.Run(() => _time.Advance(TimeSpan.FromMinutes(1)));
        bool isSwept = await Task.WhenAny(sweep, Task.Delay(TimeSpan.FromSeconds(10))) == sweep;
        gate.Release();

        isSwept.Should().BeTrue("createHandler runs under no lock that the sweep takes");
        (await entering).Should().BeTrue();
        _handlers.Should().ContainSingle();
    }

    private SocketsHttpHandler CreateHandler()
    {
        _creating?.Invoke();
        SocketsHttpHandler handler = new();
        _handlers.Add(handler);
        return handler;
    }
}
