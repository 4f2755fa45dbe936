using System.Net;

namespace StubResolver.Testing;

/// <content>How, when and from where the reply is sent.</content>
public sealed partial class DnsTestResponse
{
    private readonly List<DnsTestResponse> _before = [];
    private readonly List<DnsTestResponse> _after = [];
    private readonly List<byte[]> _junk = [];
    private bool _isDropped;
    private TimeSpan _delay;
    private Task _gate = Task.CompletedTask;
    private IPEndPoint? _source;
    private DnsTestClose? _close;
    private int[] _splits = [];
    private bool _isByteByByte;

    /// <summary>Sends nothing. What <see cref="SendFirst"/> and <see cref="SendThen"/> added is still sent.</summary>
    public DnsTestResponse Drop()
    {
        _isDropped = true;
        return this;
    }

    /// <summary>Sends the reply later; other queries are answered meanwhile.</summary>
    /// <param name="delay">The time from the query's arrival, on the server's clock; not negative.</param>
    public DnsTestResponse Delay(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        _delay = delay;
        return this;
    }

    /// <summary>Sends the reply when a task is done, so that a test decides the order of replies; other queries are answered meanwhile.</summary>
    /// <param name="gate">The task to wait for.</param>
    public DnsTestResponse DelayUntil(Task gate)
    {
        ArgumentNullException.ThrowIfNull(gate);
        _gate = gate;
        return this;
    }

    /// <summary>Sends another reply to the same query before this one: a forgery, or an error of a middlebox.</summary>
    /// <param name="respond">Makes the other reply; it starts as the zone's answer. The delay of this reply begins when the other is due.</param>
    public DnsTestResponse SendFirst(Action<DnsTestResponse> respond) => SendAnother(_before, respond);

    /// <summary>Sends another reply to the same query after this one: a duplicate, or a second opinion.</summary>
    /// <param name="respond">Makes the other reply; it starts as the zone's answer. Its delay begins when this reply is due.</param>
    public DnsTestResponse SendThen(Action<DnsTestResponse> respond) => SendAnother(_after, respond);

    /// <summary>Sends messages of 12 octets that are no DNS message before the reply.</summary>
    /// <param name="count">How many; not negative.</param>
    public DnsTestResponse JunkFirst(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        for (int i = 0; i < count; i++)
        {
            _junk.Add([.. Enumerable.Repeat(byte.MaxValue, 12)]);
        }

        return this;
    }

    /// <summary>Sends a message of these octets before the reply; several calls send several.</summary>
    /// <param name="message">The octets, without the length prefix of TCP.</param>
    public DnsTestResponse JunkFirst(byte[] message)
    {
        ArgumentNullException.ThrowIfNull(message);
        _junk.Add(message);
        return this;
    }

    /// <summary>Sends the reply from a UDP socket of its own. Over TCP nothing changes.</summary>
    /// <param name="source">
    /// The address and port to send from; port 0 takes any free one. Linux and Windows can use all of 127.0.0.0/8.
    /// </param>
    public DnsTestResponse From(IPEndPoint source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _source = source;
        return this;
    }

    /// <summary>
    /// Closes the TCP connection; what arrives on it afterwards is neither answered nor recorded. Over UDP nothing changes.
    /// </summary>
    /// <param name="where">How much of the reply is sent before.</param>
    public DnsTestResponse Close(DnsTestClose where = DnsTestClose.BeforeReply)
    {
        _close = where;
        return this;
    }

    /// <summary>Writes the reply to the TCP connection in pieces, a millisecond apart. Over UDP nothing changes.</summary>
    /// <param name="positions">Where to cut, in octets from the start of the length prefix: 1 cuts the prefix in two.</param>
    public DnsTestResponse SplitAt(params int[] positions)
    {
        ArgumentNullException.ThrowIfNull(positions);
        _splits = positions;
        return this;
    }

    /// <summary>Writes the reply to the TCP connection octet by octet, a millisecond apart. Over UDP nothing changes.</summary>
    public DnsTestResponse ByteByByte()
    {
        _isByteByByte = true;
        return this;
    }

    /// <summary>Returns what is to be sent, in order.</summary>
    internal IReadOnlyList<Delivery> GetDeliveries()
    {
        List<Delivery> deliveries = [];
        TimeSpan due = TimeSpan.Zero;
        foreach (DnsTestResponse reply in InOrder().Where(reply => !reply._isDropped))
        {
            due += reply._delay;
            deliveries.Add(reply.ToDelivery(due));
        }

        return deliveries;
    }

    private IEnumerable<DnsTestResponse> InOrder() =>
        [.. _before.SelectMany(reply => reply.InOrder()), this, .. _after.SelectMany(reply => reply.InOrder())];

    private Delivery ToDelivery(TimeSpan due)
    {
        int[] splits = _isByteByByte ? [.. Enumerable.Range(1, ushort.MaxValue)] : _splits;
        return new Delivery(ToArray(), _junk, _query.Timestamp, due, _gate, _source, _close, splits);
    }

    private DnsTestResponse SendAnother(List<DnsTestResponse> replies, Action<DnsTestResponse> respond)
    {
        ArgumentNullException.ThrowIfNull(respond);
        DnsTestResponse reply = new(_query, _zone);
        respond(reply);
        replies.Add(reply);
        return this;
    }
}
