using System.Net;
using StubResolver.Testing;

namespace StubResolver.Tests.Http;

/// <summary>What a following handler keeps, for how long, and what becomes of it.</summary>
public class DnsFollowingHandlerLifetimeTests : DnsFollowingHandlerTestBase
{
    [Fact]
    public async Task SendAsync_HostIsUnusedForFiveMinutes_IsDroppedWithItsWatch()
    {
        using HttpMessageInvoker client = CreateClient();
        await client.ReadAsync(Uri());

        Time.Advance(TimeSpan.FromMinutes(4));
        string[] beforeTheTime = [.. Resolver.Watches];
        Time.Advance(TimeSpan.FromMinutes(1));
        string[] afterIt = [.. Resolver.Watches];
        string answer = await client.ReadAsync(Uri());

        beforeTheTime.Should().Equal(Host);
        afterIt.Should().BeEmpty();
        (answer, Handlers.Count).Should().Be(("old", 2), "it begins anew");
    }

    [Fact]
    public async Task SendAsync_HostIsUsed_IsKept()
    {
        using HttpMessageInvoker client = CreateClient();
        for (int i = 0; i < 4; i++)
        {
            await client.ReadAsync(Uri());
            Time.Advance(TimeSpan.FromMinutes(4));
        }

        Handlers.Should().ContainSingle();
        Resolver.Watches.Should().Equal(Host);
    }

    [Fact]
    public async Task SendAsync_RequestWaitsLongerThanFiveMinutes_KeepsTheHost()
    {
        using HttpMessageInvoker client = CreateClient();
        Task<string> late = client.ReadAsync(Uri() + "late");
        await Old.ReceivedAsync();

        Time.Advance(TimeSpan.FromMinutes(30));
        string[] watches = [.. Resolver.Watches];
        Old.Release();

        (await late).Should().Be("old");
        watches.Should().Equal(Host);
    }

    [Fact]
    public async Task SendAsync_ResponseStreamsWhenTheHostIsDropped_IsNotCut()
    {
        using HttpMessageInvoker client = CreateClient();
        using HttpRequestMessage request = HttpRequests.Create(Uri() + "stream");
        using HttpResponseMessage response = await client.SendAsync(request, CancellationToken.None);

        Time.Advance(TimeSpan.FromMinutes(6));
        Old.Release();

        (await response.Content.ReadAsStringAsync()).Should().Be("old end");
    }

    [Fact]
    public async Task SendAsync_NoConnectionIsOpenAnyMore_EndsTheWatch()
    {
        using HttpMessageInvoker client = CreateClient();
        await client.ReadAsync(Uri() + "close");

        Time.Advance(TimeSpan.FromMinutes(1));

        Resolver.Watches.Should().BeEmpty();
    }

    [Fact]
    public async Task Dispose_RequestsUnderWay_Finish()
    {
        HttpMessageInvoker client = CreateClient();
        Task<string> late = client.ReadAsync(Uri() + "late");
        using HttpRequestMessage request = HttpRequests.Create(Uri() + "stream");
        using HttpResponseMessage streaming = await client.SendAsync(request, CancellationToken.None);
        await ReceivedByOldAsync(2);

        client.Dispose();
        Old.Release();

        (await late).Should().Be("old");
        (await streaming.Content.ReadAsStringAsync()).Should().Be("old end");
        Resolver.Watches.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_Disposed_Throws()
    {
        DnsFollowingHandler handler = new(Resolver);
        HttpMessageInvoker client = new(handler);
        using HttpMessageInvoker second = new(handler);
        await second.ReadAsync(Uri());
        client.Dispose();
        client.Dispose();

        Func<Task> asynchronously = () => second.ReadAsync(Uri());
        Func<Task> synchronously = () => Task.Run(() => second.Send(HttpRequests.Create(Uri()), CancellationToken.None));

        await asynchronously.Should().ThrowAsync<ObjectDisposedException>();
        await synchronously.Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task SendAsync_FactoryReturnsTheSameHandler_SaysSo()
    {
        using SocketsHttpHandler shared = HttpRequests.CreateHandler();
        using HttpMessageInvoker client = new(new DnsFollowingHandler(Resolver, () => shared));
        await client.ReadAsync(Uri());

        Func<Task> act = () => client.ReadAsync($"http://{OldAddress}:{Old.HttpPort}/");

        await act.Should().ThrowAsync<InvalidOperationException>().WithMessage("*a new one for each call*");
    }

    [Fact]
    public async Task SendAsync_FactoryReturnsNull_SaysSo()
    {
        using HttpMessageInvoker client = new(new DnsFollowingHandler(Resolver, () => null!));

        Func<Task> act = () => client.ReadAsync(Uri());

        await act.Should().ThrowAsync<InvalidOperationException>().WithMessage("createHandler returned null*");
    }

    [Fact]
    public async Task SendAsync_FactorySetsAConnectCallback_SaysSo()
    {
        using HttpMessageInvoker client = CreateClient(configure: handler => handler.ConnectCallback = (_, _) => throw new NotSupportedException());

        Func<Task> act = () => client.ReadAsync(Uri());

        await act.Should().ThrowAsync<InvalidOperationException>().WithMessage("*ConnectCallback*");
    }

    [Fact]
    public async Task SendAsync_FactoryUsesAResolverAlready_IsReplaced()
    {
        FakeDnsResolver unused = new();
        using HttpMessageInvoker client = CreateClient(configure: handler => handler.UseDnsResolver(unused));

        string answer = await client.ReadAsync(Uri());

        (answer, unused.CallCount(Host)).Should().Be(("old", 0));
    }

    [Fact]
    public async Task SendAsync_FactoryThrows_ReachesTheCallerAndIsTriedAgain()
    {
        int calls = 0;
        using HttpMessageInvoker client = CreateClient(configure: _ => calls = ++calls == 1 ? throw new InvalidOperationException("a mistake") : calls);
        Func<Task> act = () => client.ReadAsync(Uri());

        await act.Should().ThrowAsync<InvalidOperationException>().WithMessage("a mistake");

        (await client.ReadAsync(Uri())).Should().Be("old");
    }

    [Fact]
    public void Constructor_WrongOptions_Throws()
    {
        Action act = () => _ = new DnsFollowingHandler(Resolver, options: new DnsConnectorOptions { ConnectTimeout = TimeSpan.Zero });

        act.Should().Throw<ArgumentException>().WithParameterName("options");
    }

    [Fact]
    public async Task SendAsync_NoUsableUri_SaysSo()
    {
        using HttpMessageInvoker client = CreateClient();
        using HttpRequestMessage request = new(HttpMethod.Get, "/relative");

        Func<Task> act = () => client.SendAsync(request, CancellationToken.None);

        await act.Should().ThrowAsync<InvalidOperationException>();
    }
}
