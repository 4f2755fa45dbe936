using StubResolver.Interop.Tests.Servers;

namespace StubResolver.Interop.Tests;

/// <summary>A resolver of each kind that knows the server, and has a TCP connection to it.</summary>
internal sealed class MeasuredResolvers : IAsyncDisposable
{
    /// <summary>The name whose addresses are truncated over UDP.</summary>
    public const string Big = "big.interop.test";

    private MeasuredResolvers(IReadOnlyList<(ClientKind Client, MeasuredResolver Resolver)> all) => All = all;

    public IReadOnlyList<(ClientKind Client, MeasuredResolver Resolver)> All { get; }

    public static async Task<MeasuredResolvers> CreateAsync(RealServer server, Action<DnsResolverOptions>? configure = null)
    {
        MeasuredResolvers resolvers = new([.. Enum.GetValues<ClientKind>().Select(client => (client, new MeasuredResolver(server, client, configure)))]);
        foreach ((_, MeasuredResolver resolver) in resolvers.All)
        {
            await resolver.QueryAsync(Zones.NewName(), DnsRecordType.A);
            await resolver.QueryAsync(Big, DnsRecordType.A);
        }

        return resolvers;
    }

    public async ValueTask DisposeAsync()
    {
        foreach ((_, MeasuredResolver resolver) in All)
        {
            await resolver.DisposeAsync();
        }
    }
}
