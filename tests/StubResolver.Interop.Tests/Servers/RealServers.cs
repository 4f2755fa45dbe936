using System.Collections.Concurrent;

namespace StubResolver.Interop.Tests.Servers;

/// <summary>One server of each kind for all tests, started when the first test asks for it.</summary>
[CollectionDefinition(nameof(RealServers))]
public sealed class RealServers : IAsyncLifetime, ICollectionFixture<RealServers>
{
    private readonly ConcurrentDictionary<ServerKind, Lazy<Task<RealServer>>> _servers = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (Lazy<Task<RealServer>> server in _servers.Values)
        {
            await (await server.Value).DisposeAsync();
        }
    }

    internal Task<RealServer> GetAsync(ServerKind kind) =>
        _servers.GetOrAdd(kind, static key => new Lazy<Task<RealServer>>(() => RealServer.StartAsync(key))).Value;
}
