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
        _servers.GetOrAdd(kind, key => new Lazy<Task<RealServer>>(() => StartOwnAsync(key))).Value;

    /// <summary>Starts a server that is the caller's to restart and to dispose; the server that it asks is everybody's.</summary>
    internal async Task<RealServer> StartOwnAsync(ServerKind kind) =>
        await RealServer.StartAsync(kind, ServerChain.GetUpstream(kind) is { } upstream ? (await GetAsync(upstream)).EndPoint : null);
}
