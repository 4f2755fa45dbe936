using System.Net;
using StubResolver.Testing.Messages;

namespace StubResolver.Testing;

/// <summary>The reply to one query: what the zone answers, until a script changes it.</summary>
/// <remarks>
/// Not thread-safe; use it only inside the script it was given to. All methods return the reply itself, so that changes chain. A script that
/// calls none of them sends the zone's answer.
/// </remarks>
public sealed partial class DnsTestResponse
{
    private readonly DnsTestQuery _query;
    private readonly TestZone _zone;
    private readonly ReplyMessage _message;
    private Func<byte[], byte[]>? _rewrite;
    private byte[]? _raw;
    private bool _isCodeSet;

    internal DnsTestResponse(DnsTestQuery query, TestZone zone)
    {
        _query = query;
        _zone = zone;
        _message = new ReplyMessage(query.Content, zone.Find(query.Name, query.Type))
        {
            MaxLength = query.Protocol == DnsProtocol.Udp ? query.UdpPayloadSize : ushort.MaxValue,
        };
    }

    /// <summary>Answers with a response code and without records, but for the SOA of NXDOMAIN and NODATA (RFC 2308 §3).</summary>
    /// <param name="code">The code; above 15 it needs EDNS, and the server adds it (RFC 6891 §6.1.3).</param>
    public DnsTestResponse Code(DnsResponseCode code)
    {
        ClearRecords();
        _isCodeSet = true;
        _message.Code = code;
        if (code is DnsResponseCode.NoError or DnsResponseCode.NxDomain)
        {
            _message.Authority.Add(_zone.FindSoa(_query.Name));
        }

        if ((int)code > 0xF)
        {
            _message.Edns ??= new ReplyEdns();
        }

        return this;
    }

    /// <summary>Adds an address of the queried name to the answer section; it takes the place of a negative answer of the zone.</summary>
    /// <param name="address">The IPv4 or IPv6 address; it need not fit the type asked for.</param>
    /// <param name="ttl">The time to live; 300 s by default.</param>
    /// <exception cref="FormatException"><paramref name="address"/> is not an address.</exception>
    public DnsTestResponse AddAddress(string address, TimeSpan? ttl = null) =>
        AddAnswer(new DnsAddressRecord(_query.Name, ttl ?? DnsTestServer.DefaultTtl, IPAddress.Parse(address)));

    /// <summary>Adds records to the answer section; they take the place of a negative answer of the zone.</summary>
    /// <param name="records">The records, in order.</param>
    public DnsTestResponse AddAnswer(params DnsRecord[] records)
    {
        bool isNegative = _message.Authority.OfType<DnsSoaRecord>().Any();
        if (isNegative && !_isCodeSet)
        {
            _message.Authority.Clear();
            _message.Code = DnsResponseCode.NoError;
        }

        _message.Answer.AddRange(records);
        return this;
    }

    /// <summary>Adds records to the authority section.</summary>
    /// <param name="records">The records, in order.</param>
    public DnsTestResponse AddAuthority(params DnsRecord[] records)
    {
        _message.Authority.AddRange(records);
        return this;
    }

    /// <summary>Adds records to the additional section.</summary>
    /// <param name="records">The records, in order.</param>
    public DnsTestResponse AddAdditional(params DnsRecord[] records)
    {
        _message.Additional.AddRange(records);
        return this;
    }

    /// <summary>Takes the records out of all sections; the response code, the question and the OPT record stay.</summary>
    public DnsTestResponse ClearRecords()
    {
        _message.Answer.Clear();
        _message.Authority.Clear();
        _message.Additional.Clear();
        return this;
    }

    /// <summary>Sets flags of the header. QR and RA are set, RD and CD as in the query; AA, TC and AD are not.</summary>
    /// <param name="flags">The flags.</param>
    public DnsTestResponse SetFlags(DnsTestFlags flags)
    {
        _message.Flags |= flags;
        return this;
    }

    /// <summary>Clears flags of the header.</summary>
    /// <param name="flags">The flags.</param>
    public DnsTestResponse ClearFlags(DnsTestFlags flags)
    {
        _message.Flags &= ~flags;
        return this;
    }

    /// <summary>Makes the reply a query: its QR flag is 0.</summary>
    public DnsTestResponse NotAResponse() => ClearFlags(DnsTestFlags.QR);

    /// <summary>Sets the OPCODE.</summary>
    /// <param name="opcode">The code, 0 to 15; 0 is QUERY.</param>
    public DnsTestResponse Opcode(int opcode)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(opcode);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(opcode, 0xF);
        _message.Opcode = opcode;
        return this;
    }

    /// <summary>Gives the reply another id than the query's.</summary>
    public DnsTestResponse WrongId()
    {
        _message.Id = (_query.Id + 1) & 0xFFFF;
        return this;
    }

    /// <summary>Changes parts of the question that the reply repeats.</summary>
    /// <param name="name">Another name, or the same in another case.</param>
    /// <param name="type">Another type.</param>
    /// <param name="dnsClass">Another class; 1 is IN.</param>
    public DnsTestResponse WrongQuestion(string? name = null, DnsRecordType? type = null, int? dnsClass = null)
    {
        NoQuestion();
        return AddQuestion(name ?? _query.Name, type ?? _query.Type, dnsClass ?? _query.Class);
    }

    /// <summary>Adds a question after those the reply has.</summary>
    /// <param name="name">The name.</param>
    /// <param name="type">The type.</param>
    /// <param name="dnsClass">The class; 1 is IN.</param>
    public DnsTestResponse AddQuestion(string name, DnsRecordType type, int dnsClass = 1)
    {
        _message.AddedQuestions.Add(new ReplyQuestion(name, (int)type, dnsClass));
        return this;
    }

    /// <summary>Leaves the question section empty.</summary>
    public DnsTestResponse NoQuestion()
    {
        _message.RepeatsQuestion = false;
        _message.AddedQuestions.Clear();
        return this;
    }

    /// <summary>Truncates the reply over UDP: TC is set and no record is left. Over TCP nothing changes.</summary>
    public DnsTestResponse Truncate() => _query.Protocol == DnsProtocol.Udp ? ClearRecords().SetFlags(DnsTestFlags.TC) : this;

    /// <summary>Sends the whole reply over UDP even where it is larger than the client takes.</summary>
    public DnsTestResponse IgnoreUdpPayloadSize()
    {
        _message.MaxLength = ushort.MaxValue;
        return this;
    }

    /// <summary>Sends these octets in place of the reply, as they are.</summary>
    /// <param name="message">The message, without the length prefix of TCP.</param>
    public DnsTestResponse Raw(params byte[] message)
    {
        ArgumentNullException.ThrowIfNull(message);
        _raw = message;
        return this;
    }

    /// <summary>Sends these octets in place of the reply, the first two replaced by the query's id.</summary>
    /// <param name="message">The message, at least 2 octets, without the length prefix of TCP.</param>
    public DnsTestResponse RawWithQueryId(params byte[] message)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentOutOfRangeException.ThrowIfLessThan(message.Length, 2, nameof(message));
        return Raw([(byte)(_query.Id >> 8), (byte)_query.Id, .. message[2..]]);
    }

    /// <summary>Rewrites the encoded reply just before it is sent, after all other changes.</summary>
    /// <param name="rewrite">Gets the message, without the length prefix of TCP, and returns what is sent.</param>
    public DnsTestResponse Rewrite(Func<byte[], byte[]> rewrite)
    {
        ArgumentNullException.ThrowIfNull(rewrite);
        _rewrite = rewrite;
        return this;
    }

    /// <summary>Encodes the reply as it stands.</summary>
    /// <returns>The message, without the length prefix of TCP.</returns>
    /// <exception cref="ArgumentException">A record does not fit into the wire format.</exception>
    public byte[] ToArray()
    {
        byte[] message = _raw ?? _message.Encode();
        return _rewrite is null ? message : _rewrite(message);
    }
}
