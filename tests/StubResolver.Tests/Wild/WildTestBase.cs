using StubResolver.Tests.Scenarios;

namespace StubResolver.Tests.Wild;

/// <summary>
/// Resolvers and strange servers. The clock stands still: a lookup that ends without <c>AdvanceUntilEndAsync</c> has waited for no timer.
/// </summary>
public abstract class WildTestBase : ScenarioTestBase
{
    /// <summary>Starts a server that runs until the end of the test.</summary>
    private protected WildServer StartWild(Func<WildQuery, WildReply> respond) => Track(WildServer.Start(respond));

    /// <inheritdoc cref="WildServer.Start(Func{WildQuery, IEnumerable{byte[]}}, Func{WildConnection, Task}?)"/>
    private protected WildServer StartWild(Func<WildQuery, IEnumerable<byte[]>> respond, Func<WildConnection, Task>? serve = null) =>
        Track(WildServer.Start(respond, serve));

    /// <summary>Asks, and waits for an end that needs no timer.</summary>
    private protected static Task<DnsAnswer<DnsRecord>> AskAsync(DnsResolver resolver, string name, DnsRecordType type = DnsRecordType.A) =>
        AtOnceAsync(resolver.QueryAsync(name, type));

    /// <summary>Waits for the end of a lookup that needs no timer.</summary>
    private protected static Task<T> AtOnceAsync<T>(ValueTask<T> lookup) => lookup.AsTask().WaitAsync(Guard);

    /// <summary>Advances the clock until a lookup has ended, but no further than it may take.</summary>
    private protected Task<T> WithinAsync<T>(ValueTask<T> lookup, TimeSpan longest) => AdvanceUntilEndAsync(lookup.AsTask(), longest / 100, longest);

    /// <summary>Waits until a server has read a query of a type; the clock stands.</summary>
    private protected static async Task WaitForQueryAsync(WildServer server, DnsRecordType type)
    {
        using CancellationTokenSource guard = new(Guard);
        while (!server.Queries.Any(query => query.Type == type))
        {
            guard.Token.ThrowIfCancellationRequested();
            await SettleAsync();
        }
    }

    /// <summary>Creates a resolver that asks these servers, in order, over UDP first.</summary>
    private protected DnsResolver CreateResolver(params WildServer[] servers) => CreateResolver(_ => { }, servers);

    /// <inheritdoc cref="CreateResolver(WildServer[])"/>
    private protected DnsResolver CreateResolver(Action<DnsResolverOptions> configure, params WildServer[] servers) => CreateResolver(
        options =>
        {
            options.Servers = [.. servers.Select(server => (DnsServer)server.EndPoint)];
            configure(options);
        },
        transport: null);
}
