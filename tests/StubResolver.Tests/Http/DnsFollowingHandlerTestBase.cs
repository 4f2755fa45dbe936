using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace StubResolver.Tests.Http;

/// <summary>Two servers with the same ports, a name that leads to the old one, and a clock that stands still.</summary>
public abstract class DnsFollowingHandlerTestBase : IAsyncLifetime
{
    private protected const string Host = "service.test";
    private protected const string OldAddress = "127.0.0.1";
    private protected const string NewAddress = "127.0.0.2";

    private protected FakeTimeProvider Time { get; } = new();

    private protected ObservedResolver Resolver { get; } = new ObservedResolver().Add(Host, OldAddress);

    private protected HttpTestServer Old { get; private set; } = null!;

    private protected HttpTestServer New { get; private set; } = null!;

    /// <summary>The handlers that were made, in order.</summary>
    private protected List<SocketsHttpHandler> Handlers { get; } = [];

    public async Task InitializeAsync() => (Old, New) = await HttpTestServer.StartTwoAsync();

    public async Task DisposeAsync()
    {
        await Old.DisposeAsync();
        await New.DisposeAsync();
    }

    private protected string Uri(string scheme = "http", Version? version = null) =>
        $"{scheme}://{Host}:{Old.Port(scheme, version ?? HttpVersion.Version11)}/";

    private protected HttpMessageInvoker CreateClient(DnsConnectorOptions? options = null, Action<SocketsHttpHandler>? configure = null)
    {
        options ??= new DnsConnectorOptions();
        options.TimeProvider = Time;
        return new HttpMessageInvoker(new DnsFollowingHandler(Resolver, () => Create(configure), options));
    }

    private protected async Task ReceivedByOldAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await Old.ReceivedAsync();
        }
    }

    private SocketsHttpHandler Create(Action<SocketsHttpHandler>? configure)
    {
        SocketsHttpHandler handler = HttpRequests.CreateHandler();
        configure?.Invoke(handler);
        Handlers.Add(handler);
        return handler;
    }
}
