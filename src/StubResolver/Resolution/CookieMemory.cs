using System.Buffers.Binary;
using System.Net;
using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>The cookies of one server (RFC 7873 §5). Thread-safe.</summary>
internal sealed class CookieMemory(TimeProvider time)
{
    private const int MinServerCookie = 8;
    private const int MaxServerCookie = 32;

    private static readonly TimeSpan s_requiredAfterEcho = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan s_plainAfterLoss = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private IPAddress? _source;
    private byte[] _cookie = [];
    private long _echoedAt = long.MinValue;
    private long _lostAt = long.MinValue;

    /// <summary>Returns the cookie for a query, client part first, and whether its reply must bring it back.</summary>
    /// <param name="key">The key of the hash.</param>
    /// <param name="server">The server's address.</param>
    /// <param name="source">The address the query leaves from: with another one the cookie is another (RFC 7873 §6).</param>
    public (ReadOnlyMemory<byte> Cookie, bool IsRequired) Get(ReadOnlySpan<byte> key, IPAddress server, IPAddress source)
    {
        lock (_gate)
        {
            if (!source.Equals(_source))
            {
                _source = source;
                _cookie = CreateClientCookie(key, server, source);
                _echoedAt = long.MinValue;
            }

            return IsWithin(_lostAt, s_plainAfterLoss) ? (default, false) : (_cookie, IsWithin(_echoedAt, s_requiredAfterEcho));
        }
    }

    /// <summary>Notes the cookie of a reply to a query that carried one; empty where it had none.</summary>
    public void OnReply(ReadOnlySpan<byte> cookie)
    {
        lock (_gate)
        {
            int serverPart = cookie.Length - CookieCheck.ClientCookieLength;
            if (cookie.IsEmpty)
            {
                if (_echoedAt != long.MinValue)
                {
                    _lostAt = time.GetTimestamp(); // it repeated cookies once and no longer does
                    _echoedAt = long.MinValue;
                }

                return;
            }

            if (!cookie.StartsWith(_cookie.AsSpan(0, CookieCheck.ClientCookieLength)))
            {
                return; // for the source address we had before
            }

            _echoedAt = time.GetTimestamp();
            if (serverPart is >= MinServerCookie and <= MaxServerCookie && !cookie.SequenceEqual(_cookie))
            {
                _cookie = cookie.ToArray();
            }
        }
    }

    // A keyed hash of both addresses (RFC 9018 §3): it cannot be foreseen, and tells nothing about the host.
    private static byte[] CreateClientCookie(ReadOnlySpan<byte> key, IPAddress server, IPAddress source)
    {
        byte[] cookie = new byte[CookieCheck.ClientCookieLength];
        BinaryPrimitives.WriteUInt64LittleEndian(cookie, SipHash.Compute(key, [.. server.GetAddressBytes(), .. source.GetAddressBytes()]));
        return cookie;
    }

    private bool IsWithin(long moment, TimeSpan span) => moment != long.MinValue && time.GetElapsedTime(moment) < span;
}
