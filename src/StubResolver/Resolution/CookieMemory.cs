using System.Buffers.Binary;
using System.Net;
using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>The cookies of one server (RFC 7873 §5). Thread-safe.</summary>
/// <remarks>One address is often several servers, of which only some know cookies: what one reply shows is never taken for the rule.</remarks>
internal sealed class CookieMemory(TimeProvider time)
{
    private const int MissesToStopSending = 8;

    private static readonly TimeSpan s_clientCookieLife = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_timeWithoutCookies = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private IPAddress? _source;
    private byte[] _cookie = []; // never written to
    private long _createdAt;
    private long _plainSince = long.MinValue;
    private int _misses;
    private bool _isKnown;

    /// <summary>Whether the server has sent a cookie of its own: its replies must repeat ours then.</summary>
    public bool IsKnown
    {
        get
        {
            lock (_gate)
            {
                return _isKnown;
            }
        }
    }

    /// <summary>Returns the cookie for a query, client part first; empty while the server is asked without.</summary>
    /// <param name="source">The address that the query is sent from: with another one the cookie is another (RFC 7873 §6).</param>
    /// <param name="random">Where client cookies come from (RFC 9018 §3).</param>
    public ReadOnlyMemory<byte> Get(IPAddress source, RandomSource random)
    {
        lock (_gate)
        {
            if (_plainSince != long.MinValue)
            {
                if (time.GetElapsedTime(_plainSince) < s_timeWithoutCookies)
                {
                    return default;
                }

                _plainSince = long.MinValue;
            }

            if (!source.Equals(_source) || time.GetElapsedTime(_createdAt) >= s_clientCookieLife)
            {
                (_source, _cookie, _createdAt) = (source, CreateClientCookie(random), time.GetTimestamp());
            }

            return _cookie;
        }
    }

    /// <summary>Notes the cookie of a reply that was taken for the server's.</summary>
    /// <param name="sent">The cookie of its query.</param>
    /// <param name="received">The cookie of the reply; empty where it has none.</param>
    public void OnReply(ReadOnlySpan<byte> sent, ReadOnlySpan<byte> received)
    {
        lock (_gate)
        {
            if (CookieCheck.IsServerCookie(sent, received))
            {
                (_isKnown, _misses) = (true, 0);
                if (CookieCheck.IsSameClient(_cookie, received))
                {
                    _cookie = received.ToArray();
                }
            }
            else if (!_isKnown && ++_misses >= MissesToStopSending)
            {
                GoPlain();
            }
        }
    }

    /// <summary>Notes that TCP gave an answer, and UDP only replies with a wrong or a missing cookie.</summary>
    public void OnMissingOverUdp()
    {
        lock (_gate)
        {
            GoPlain();
        }
    }

    private void GoPlain() => (_plainSince, _isKnown, _misses) = (time.GetTimestamp(), false, 0);

    private static byte[] CreateClientCookie(RandomSource random)
    {
        byte[] cookie = new byte[CookieCheck.ClientCookieLength];
        BinaryPrimitives.WriteUInt32LittleEndian(cookie, random.NextUInt32());
        BinaryPrimitives.WriteUInt32LittleEndian(cookie.AsSpan(sizeof(uint)), random.NextUInt32());
        return cookie;
    }
}
