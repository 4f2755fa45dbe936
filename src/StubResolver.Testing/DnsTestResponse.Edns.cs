using System.Buffers.Binary;
using System.Text;
using StubResolver.Testing.Messages;

namespace StubResolver.Testing;

/// <content>EDNS: by default the reply has an OPT record, without options, where the query has one.</content>
public sealed partial class DnsTestResponse
{
    private static readonly byte[] s_serverCookie = "testsrvr"u8.ToArray();

    /// <summary>Sends the reply with an OPT record, whether or not the query has one (RFC 6891).</summary>
    /// <param name="udpPayloadSize">The largest UDP message the server takes, 0 to 65,535 octets.</param>
    /// <param name="version">The version of EDNS, 0 to 255.</param>
    public DnsTestResponse Edns(int udpPayloadSize = 1232, int version = 0)
    {
        ThrowIfNotUInt16(udpPayloadSize, nameof(udpPayloadSize));
        ArgumentOutOfRangeException.ThrowIfNegative(version);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(version, byte.MaxValue);
        _message.Edns ??= new ReplyEdns();
        _message.Edns.UdpPayloadSize = udpPayloadSize;
        _message.Edns.Version = version;
        return this;
    }

    /// <summary>Sends the reply without an OPT record, as a server that does not know EDNS.</summary>
    public DnsTestResponse NoEdns()
    {
        _message.Edns = null;
        return this;
    }

    /// <summary>Adds an EDNS option, and the OPT record where there is none; an option of the same code stays.</summary>
    /// <param name="code">The code, 0 to 65,535 (IANA registry "DNS EDNS0 Option Codes").</param>
    /// <param name="data">The data of the option.</param>
    public DnsTestResponse AddEdnsOption(int code, params byte[] data)
    {
        ThrowIfNotUInt16(code, nameof(code));
        ArgumentNullException.ThrowIfNull(data);
        _message.Edns ??= new ReplyEdns();
        _message.Edns.Options.Add(new KeyValuePair<int, byte[]>(code, data));
        return this;
    }

    /// <summary>Adds an extended error (RFC 8914).</summary>
    /// <param name="code">The INFO-CODE, 0 to 65,535.</param>
    /// <param name="text">The EXTRA-TEXT, if any.</param>
    public DnsTestResponse ExtendedError(int code, string? text = null)
    {
        ThrowIfNotUInt16(code, nameof(code));
        return AddEdnsOption(EdnsOptionCode.ExtendedError, [(byte)(code >> 8), (byte)code, .. Encoding.UTF8.GetBytes(text ?? "")]);
    }

    /// <summary>Gives the client its cookie back, with a cookie of the server (RFC 7873 §5.2); nothing where the query has no cookie.</summary>
    /// <param name="serverCookie">The server cookie, 8 to 32 octets as RFC 7873 has it, but any is sent; a fixed one of 8 octets by default.</param>
    public DnsTestResponse Cookie(byte[]? serverCookie = null) => SetCookie(_query.ClientCookie.ToArray(), serverCookie);

    /// <summary>Answers with a client cookie that is not the client's, as a forger would; nothing where the query has no cookie.</summary>
    /// <param name="serverCookie">The server cookie; a fixed one of 8 octets by default.</param>
    public DnsTestResponse WrongClientCookie(byte[]? serverCookie = null) =>
        SetCookie([.. _query.ClientCookie.ToArray().Select(octet => (byte)~octet)], serverCookie);

    /// <summary>Answers BADCOOKIE with the cookie the client should have used (RFC 7873 §5.2.3).</summary>
    /// <param name="serverCookie">The server cookie; a fixed one of 8 octets by default.</param>
    public DnsTestResponse BadCookie(byte[]? serverCookie = null) => Code(DnsResponseCode.BadCookie).Cookie(serverCookie);

    /// <summary>Tells how long the connection may stay idle (RFC 7828).</summary>
    /// <param name="timeout">The time, in steps of 100 ms, at most 6,553.5 s.</param>
    public DnsTestResponse Keepalive(TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, TimeSpan.FromMilliseconds(ushort.MaxValue * 100.0));
        byte[] data = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(data, (ushort)(timeout.TotalMilliseconds / 100));
        return AddEdnsOption(EdnsOptionCode.TcpKeepalive, data);
    }

    private static void ThrowIfNotUInt16(int value, string parameter)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, parameter);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, ushort.MaxValue, parameter);
    }

    private DnsTestResponse SetCookie(byte[] clientCookie, byte[]? serverCookie)
    {
        if (clientCookie.Length == 0)
        {
            return this;
        }

        _message.Edns?.Options.RemoveAll(option => option.Key == EdnsOptionCode.Cookie);
        return AddEdnsOption(EdnsOptionCode.Cookie, [.. clientCookie, .. serverCookie ?? s_serverCookie]);
    }
}
