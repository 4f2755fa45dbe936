using StubResolver.Wire;

namespace StubResolver.Transport;

/// <summary>Decides whether a reply's cookie is one to trust (RFC 7873 §5.3).</summary>
internal static class CookieCheck
{
    /// <summary>The length of the client's part of a cookie.</summary>
    public const int ClientCookieLength = 8;

    /// <summary>Whether a reply repeats our cookie, or need not.</summary>
    /// <param name="sent">The cookie of the query, client part first; empty for none.</param>
    /// <param name="isKnown">Whether the server has shown that it knows cookies.</param>
    /// <param name="response">The reply.</param>
    public static bool IsAcceptable(ReadOnlySpan<byte> sent, bool isKnown, Response response)
    {
        if (sent.IsEmpty || !isKnown || (response.Edns is null && response.ResponseCode is not (DnsResponseCode.NoError or DnsResponseCode.NxDomain)))
        {
            return true;
        }

        return response.Edns is not null && IsServerCookie(sent, response.Edns.Cookie.Span);
    }

    /// <summary>Whether a cookie is an answer to the one sent, with a part of the server's own: some servers only repeat any option.</summary>
    public static bool IsServerCookie(ReadOnlySpan<byte> sent, ReadOnlySpan<byte> received) =>
        received.Length > ClientCookieLength && IsSameClient(sent, received);

    /// <summary>Whether two cookies have the same client part.</summary>
    public static bool IsSameClient(ReadOnlySpan<byte> cookie, ReadOnlySpan<byte> other) =>
        cookie.Length >= ClientCookieLength && other.StartsWith(cookie[..ClientCookieLength]);
}
