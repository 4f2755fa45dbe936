using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using StubResolver.Diagnostics;
using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>The transmissions of one question, in order: what is outstanding, and what became of the others.</summary>
/// <remarks>Written by the question's loop, which alone may use the count and the entries; thread-safe for all else.</remarks>
internal sealed class TransmissionLog(TimeProvider time, ResolverMetrics metrics, ILogger logger)
{
    private const int UsualCount = 4;

    private readonly Lock _gate = new();
    private Entry[] _entries = new Entry[UsualCount]; // a list of a struct would be compiled at the first lookup
    private int _count;
    private ServerState? _firstServer;

    public int Count => _count;

    /// <summary>Begins with another question, when nobody uses the last one any more.</summary>
    public void Clear()
    {
        Array.Clear(_entries, 0, _count);
        _count = 0;
        _firstServer = null;
    }

    /// <summary>Notes that a transmission leaves now; returns its tag.</summary>
    public int Begin(in Entry entry)
    {
        lock (_gate)
        {
            if (_count == _entries.Length)
            {
                Array.Resize(ref _entries, _count * 2);
            }

            _firstServer ??= entry.Server;
            _entries[_count] = entry;
            return _count++;
        }
    }

    /// <summary>Notes how to stop a transmission, which is the loop's to know alone.</summary>
    public void Attach(int tag, ITransmission transmission) => _entries[tag].Transmission = transmission;

    /// <summary>One transmission; not to be kept where another one may begin.</summary>
    public ref readonly Entry this[int tag] => ref _entries[tag];

    /// <summary>Notes the outcome of a transmission and stops it.</summary>
    public void End(int tag, long now, DnsError? error, DnsResponseCode? code = null, SocketError? socketError = null)
    {
        ref Entry entry = ref _entries[tag];
        ITransmission? transmission = entry.Transmission;
        lock (_gate)
        {
            entry.Transmission = null;
            entry.EndedAt = now;
            entry.Error = error;
            entry.ResponseCode = code;
            entry.SocketError = socketError;
        }

        transmission?.Stop();
        if (metrics.IsQueryMeasured)
        {
            metrics.QueryEnded(time.GetElapsedTime(entry.SentAt, now), new QueryTags(entry.Server.Server, entry.Protocol, entry.Type, code, error));
        }

        if (error is { } reason && logger.IsEnabled(LogLevel.Debug))
        {
            double duration = time.GetElapsedTime(entry.SentAt, now).TotalMilliseconds;
            string type = entry.Type.ToMnemonic();
            string protocol = entry.Protocol.ToMnemonic();
            ResolverLog.QueryFailed(logger, type, entry.Name, entry.Server.Server, protocol, reason, duration);
        }
    }

    /// <summary>The server that was sent something first; <see langword="null"/> before that.</summary>
    public ServerState? FirstServer => Volatile.Read(ref _firstServer);

    /// <summary>Whether a server was sent anything.</summary>
    public bool Has(DnsServer server)
    {
        lock (_gate)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_entries[i].Server.Server.Equals(server))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Returns the transmissions as attempts; those outstanding count as timed out.</summary>
    public DnsAttempt[] ToAttempts()
    {
        lock (_gate)
        {
            DnsAttempt[] attempts = new DnsAttempt[_count];
            for (int i = 0; i < attempts.Length; i++)
            {
                Entry entry = _entries[i];
                bool hasEnded = entry.EndedAt != 0;
                TimeSpan duration = hasEnded ? time.GetElapsedTime(entry.SentAt, entry.EndedAt) : time.GetElapsedTime(entry.SentAt);
                attempts[i] = new DnsAttempt(entry.Name, entry.Type, entry.Server.Server, entry.Protocol, duration)
                {
                    DnsError = hasEnded ? entry.Error : DnsError.Timeout,
                    ResponseCode = entry.ResponseCode,
                    SocketError = entry.SocketError,
                    SentAt = entry.SentAt,
                };
            }

            return attempts;
        }
    }

    /// <summary>One transmission.</summary>
    internal struct Entry(
        string name, DnsRecordType type, ServerState server, int serverIndex, DnsProtocol protocol, EdnsLevel edns, ReadOnlyMemory<byte> cookie, long sentAt)
    {
        public readonly string Name = name;
        public readonly DnsRecordType Type = type;
        public readonly ServerState Server = server;
        public readonly int ServerIndex = serverIndex;
        public readonly DnsProtocol Protocol = protocol;
        public readonly EdnsLevel Edns = edns;
        public readonly ReadOnlyMemory<byte> Cookie = cookie;
        public readonly long SentAt = sentAt;
        public ITransmission? Transmission;
        public long EndedAt;
        public DnsError? Error;
        public DnsResponseCode? ResponseCode;
        public SocketError? SocketError;

        /// <summary>What the query really carried: over UDP the cookie is the only option.</summary>
        public readonly EdnsLevel SentEdns =>
            Edns == EdnsLevel.WithOptions && Protocol == DnsProtocol.Udp && Cookie.IsEmpty ? EdnsLevel.WithoutOptions : Edns;

        public readonly bool IsOutstanding => Transmission is not null;
    }
}
