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
    private Entry? _entry; // replaced under the gate, read without
    private long _echoedAt = long.MinValue;
    private long _lostAt = long.MinValue;

    /// <summary>Returns the cookie for a query, client part first, and whether its reply must bring it back.</summary>
    /// <param name="key">The key of the hash.</param>
    /// <param name="server">The server's address.</param>
    /// <param name="source">The address the query leaves from: with another one the cookie is another (RFC 7873 §6).</param>
    public (ReadOnlyMemory<byte> Cookie, bool IsRequired) Get(ReadOnlySpan<byte> key, IPAddress server, IPAddress source)
    {
        Entry entry = Volatile.Read(ref _entry) is { } known && known.Source.Equals(source) ? known : Begin(key, server, source);
        return IsWithin(ref _lostAt, s_plainAfterLoss) ? (default, false) : (entry.Cookie, IsWithin(ref _echoedAt, s_requiredAfterEcho));
    }

    /// <summary>Notes the cookie of a reply to a query that carried one; empty where it had none.</summary>
    public void OnReply(ReadOnlySpan<byte> cookie)
    {
        if (cookie.IsEmpty && Volatile.Read(ref _echoedAt) == long.MinValue)
        {
            return; // most servers know no cookies: no lock for them
        }

        lock (_gate)
        {
            if (cookie.IsEmpty)
            {
                OnLost();
            }
            else if (_entry is { } entry && cookie.StartsWith(entry.Cookie.AsSpan(0, CookieCheck.ClientCookieLength))) // else for the source we had before
            {
                OnEchoed(entry, cookie);
            }
        }
    }

    private Entry Begin(ReadOnlySpan<byte> key, IPAddress server, IPAddress source)
    {
        lock (_gate)
        {
            if (_entry is { } known && known.Source.Equals(source))
            {
                return known;
            }

            Entry entry = new(source, CreateClientCookie(key, server, source));
            Volatile.Write(ref _echoedAt, long.MinValue);
            Volatile.Write(ref _entry, entry);
            return entry;
        }
    }

    // It repeated cookies once and no longer does.
    private void OnLost()
    {
        if (_echoedAt != long.MinValue)
        {
            Volatile.Write(ref _lostAt, time.GetTimestamp());
            Volatile.Write(ref _echoedAt, long.MinValue);
        }
    }

    private void OnEchoed(Entry entry, ReadOnlySpan<byte> cookie)
    {
        Volatile.Write(ref _echoedAt, time.GetTimestamp());
        int serverPart = cookie.Length - CookieCheck.ClientCookieLength;
        if (serverPart is >= MinServerCookie and <= MaxServerCookie && !cookie.SequenceEqual(entry.Cookie))
        {
            Volatile.Write(ref _entry, entry with { Cookie = cookie.ToArray() });
        }
    }

    // A keyed hash of both addresses (RFC 9018 §3): it cannot be foreseen, and tells nothing about the host.
    private static byte[] CreateClientCookie(ReadOnlySpan<byte> key, IPAddress server, IPAddress source)
    {
        byte[] cookie = new byte[CookieCheck.ClientCookieLength];
        BinaryPrimitives.WriteUInt64LittleEndian(cookie, SipHash.Compute(key, [.. server.GetAddressBytes(), .. source.GetAddressBytes()]));
        return cookie;
    }

    private bool IsWithin(ref long moment, TimeSpan span) =>
        Volatile.Read(ref moment) is var then && then != long.MinValue && time.GetElapsedTime(then) < span;

    /// <summary>The cookie to send from one address; the array is never written to.</summary>
    private sealed record Entry(IPAddress Source, byte[] Cookie);
}
