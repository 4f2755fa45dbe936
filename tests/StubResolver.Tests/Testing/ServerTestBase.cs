using Microsoft.Extensions.Time.Testing;
using StubResolver.Testing;

namespace StubResolver.Tests.Testing;

/// <summary>A server with two names, a clock that stands still, and a client of plain sockets.</summary>
public abstract class ServerTestBase : IAsyncLifetime
{
    private protected ServerTestBase()
    {
        Server = DnsTestServer.Start(timeProvider: Time).AddAddress("a.test", "192.0.2.1").AddAddress("b.test", "192.0.2.2");
        Client = new RawClient(Server);
    }

    private protected FakeTimeProvider Time { get; } = new();

    private protected DnsTestServer Server { get; }

    private protected RawClient Client { get; }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
    }
}
