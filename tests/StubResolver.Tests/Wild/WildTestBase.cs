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
