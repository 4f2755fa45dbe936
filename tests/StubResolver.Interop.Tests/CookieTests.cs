using StubResolver.Interop.Tests.Servers;

namespace StubResolver.Interop.Tests;

/// <summary>DNS cookies (RFC 7873), where they were asked for.</summary>
[Collection(nameof(RealServers))]
public sealed class CookieTests(RealServers servers)
{
    private const int HeaderSize = 12;
    private const int CookieOption = 10;
    private const int ClientCookieSize = 8;

    // Not Unbound: Debian's gives none. What Knot and NSD give does not pass the recursive servers; dnsmasq lets through what BIND gives.
    [Theory]
    [On(ServerKind.Bind)]
    [On(ServerKind.PlainBind)]
    [On(ServerKind.Knot)]
    [On(ServerKind.Nsd)]
    [On(ServerKind.DnsmasqBeforeBind)]
    [On(ServerKind.DnsmasqBeforePlainBind)]
    public async Task QueryAsync_ServerGivesACookie_SendsItFromThenOn(ServerKind kind)
    {
        byte[][] cookies = await SeeCookiesAsync(kind);

        cookies[0].Should().HaveCount(ClientCookieSize);
        cookies[1..].Should().AllSatisfy(cookie => cookie.Should().HaveCountGreaterThan(ClientCookieSize).And.StartWith(cookies[0]));
        cookies.Should().HaveCount(WantsCookies(kind) ? 3 : 2, "a server that wants cookies answers the first query with BADCOOKIE");
    }

    [Theory]
    [On(ServerKind.Unbound)]
    [On(ServerKind.UnboundBeforeKnot)]
    [On(ServerKind.PowerDnsBeforeNsd)]
    [On(ServerKind.KnotResolverBeforeKnot)]
    [On(ServerKind.DnsmasqBeforeUnbound)]
    public async Task QueryAsync_ServerGivesNoCookie_IsAnsweredAllTheSame(ServerKind kind)
    {
        byte[][] cookies = await SeeCookiesAsync(kind);

        cookies.Should().OnlyContain(cookie => cookie.Length == ClientCookieSize).And.HaveCount(2);
    }

    [Theory]
    [On(ServerKind.Bind)]
    [On(ServerKind.PlainBind)]
    [On(ServerKind.Knot)]
    [On(ServerKind.Nsd)]
    [On(ServerKind.Unbound)]
    public async Task QueryAsync_Defaults_SendNoCookie(ServerKind kind)
    {
        byte[][] cookies = await SeeCookiesAsync(kind, ClientKind.Default);

        cookies.Should().OnlyContain(cookie => cookie.Length == 0).And.HaveCount(2);
    }

    /// <summary>Asks for two names that no server remembers; returns what the queries carried.</summary>
    private async Task<byte[][]> SeeCookiesAsync(ServerKind kind, ClientKind client = ClientKind.Cookies)
    {
        RealServer server = await servers.GetAsync(kind);
        await using UdpRelay relay = new(server.EndPoint);
        await using DnsResolver resolver = server.CreateResolver(client, options => options.Servers = [relay.EndPoint]);

        await resolver.QueryAsync(Zones.NewName(), DnsRecordType.A);
        await resolver.QueryAsync(Zones.NewName(), DnsRecordType.A);

        return [.. relay.Queries.Select(GetCookie)];
    }

    private static bool WantsCookies(ServerKind kind) => kind is ServerKind.Bind or ServerKind.Knot or ServerKind.DnsmasqBeforeBind;

    // The OPT record is the last of a query; the cookie is its only option over UDP.
    private static byte[] GetCookie(byte[] query)
    {
        int options = HeaderSize + query.AsSpan(HeaderSize).IndexOf((byte)0) + 5 + 11;
        return query.Length > options && query[options + 1] == CookieOption ? query[(options + 4)..] : [];
    }
}
