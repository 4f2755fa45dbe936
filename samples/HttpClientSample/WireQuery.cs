using StubResolver;
using StubResolver.Testing;

namespace HttpClientSample;

/// <summary>A query as it arrived, with the scene it belongs to and the server it arrived at.</summary>
internal sealed record WireQuery(int Scene, string Server, DnsTestQuery Query)
{
    public string Transport => Query.Protocol == DnsProtocol.Tcp ? "TCP" : "UDP";

    public string Type => Query.Type.ToString().ToUpperInvariant();
}
