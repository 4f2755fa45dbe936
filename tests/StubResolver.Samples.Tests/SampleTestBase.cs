using StubResolver.Testing;

namespace StubResolver.Samples.Tests;

/// <summary>A DNS server, a resolver that asks it, and what the test opened; nothing is faked.</summary>
public abstract class SampleTestBase : IAsyncLifetime
{
    /// <summary>Ends a test that hangs; no test depends on it.</summary>
    private protected static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);

    private readonly Stack<IAsyncDisposable> _owned = new();

    protected SampleTestBase()
    {
        Dns = Own(DnsTestServer.Start());
        Resolver = Own(new DnsResolver(new DnsResolverOptions
        {
            Servers = { Dns.EndPoint }, IPv6 = DnsIPv6Mode.Always, UseHostsFile = false, UseSearchList = false,
        }));
        Connector = new DnsConnector(Resolver);
    }

    private protected DnsTestServer Dns { get; }

    private protected DnsResolver Resolver { get; }

    private protected DnsConnector Connector { get; }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        while (_owned.TryPop(out IAsyncDisposable? owned))
        {
            await owned.DisposeAsync();
        }
    }

    private protected T Own<T>(T owned)
        where T : IAsyncDisposable
    {
        _owned.Push(owned);
        return owned;
    }

    /// <summary>Returns how often the server was asked for a name.</summary>
    private protected int Count(string name, DnsRecordType type) => Dns.Queries.Count(query => query.Name == name && query.Type == type);
}
