using StubResolver.Wire;

namespace StubResolver.Transport;

/// <summary>Decides whether a reply's cookie is one to trust (RFC 7873 §5.3).</summary>
internal static class CookieCheck
{
    /// <summary>The length of the client's part of a cookie.</summary>
    public const int ClientCookieLength = 8;

    /// <param name="sent">The cookie sent, client part first; empty for none.</param>
    /// <param name="isRequired">Whether this server is known to repeat cookies.</param>
    /// <param name="edns">The EDNS fields of the reply.</param>
    public static bool IsAcceptable(ReadOnlySpan<byte> sent, bool isRequired, EdnsFields? edns)
    {
        if (sent.IsEmpty)
        {
            return true;
        }

        ReadOnlySpan<byte> received = edns is null ? default : edns.Cookie.Span;
        return received.IsEmpty ? !isRequired : received.StartsWith(sent[..ClientCookieLength]);
    }
}
