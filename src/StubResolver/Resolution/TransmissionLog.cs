using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using StubResolver.Diagnostics;
using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>The transmissions of one question, in order: what is outstanding, and what became of the others. Thread-safe.</summary>
internal sealed class TransmissionLog(TimeProvider time, ResolverMetrics metrics, ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Begins with another question.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
        }
    }

    /// <summary>Notes that a transmission leaves now; returns its tag.</summary>
    public int Begin(string name, DnsRecordType type, ServerState server, int serverIndex, DnsProtocol protocol, EdnsLevel edns, bool hasCookie)
    {
        lock (_gate)
        {
            _entries.Add(new Entry(name, type, server, serverIndex, protocol, edns, hasCookie, time.GetTimestamp()));
            return _entries.Count - 1;
        }
    }

    public void Attach(int tag, ITransmission transmission)
    {
        lock (_gate)
        {
            _entries[tag] = _entries[tag] with { Transmission = transmission };
        }
    }

    public Entry this[int tag]
    {
        get
        {
            lock (_gate)
            {
                return _entries[tag];
            }
        }
    }

    /// <summary>Notes the outcome of a transmission and stops it.</summary>
    public void End(int tag, DnsError? error, DnsResponseCode? code = null, SocketError? socketError = null)
    {
        ITransmission? transmission;
        Entry entry;
        lock (_gate)
        {
            entry = _entries[tag];
            transmission = entry.Transmission;
            _entries[tag] = entry with
            {
                Transmission = null,
                EndedAt = time.GetTimestamp(),
                Error = error,
                ResponseCode = code,
                SocketError = socketError,
            };
        }

        transmission?.Stop();
        if (metrics.IsQueryMeasured)
        {
            metrics.QueryEnded(time.GetElapsedTime(entry.SentAt), new QueryTags(entry.Server.Server, entry.Protocol, entry.Type, code, error));
        }

        if (error is { } reason && logger.IsEnabled(LogLevel.Debug))
        {
            double duration = time.GetElapsedTime(entry.SentAt).TotalMilliseconds;
            ResolverLog.QueryFailed(logger, entry.Server.Server, entry.Type, entry.Name, entry.Protocol, reason, duration);
        }
    }

    /// <summary>Whether a server was sent anything.</summary>
    public bool Has(DnsServer server)
    {
        lock (_gate)
        {
            return _entries.Exists(entry => entry.Server.Server.Equals(server));
        }
    }

    /// <summary>Returns the transmissions as attempts; those outstanding count as timed out.</summary>
    public DnsAttempt[] ToAttempts()
    {
        lock (_gate)
        {
            DnsAttempt[] attempts = new DnsAttempt[_entries.Count];
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
    internal readonly record struct Entry(
        string Name,
        DnsRecordType Type,
        ServerState Server,
        int ServerIndex,
        DnsProtocol Protocol,
        EdnsLevel Edns,
        bool HasCookie,
        long SentAt)
    {
        public ITransmission? Transmission { get; init; }

        public long EndedAt { get; init; }

        public DnsError? Error { get; init; }

        public DnsResponseCode? ResponseCode { get; init; }

        public SocketError? SocketError { get; init; }

        /// <summary>What the query really carried: over UDP the cookie is the only option.</summary>
        public EdnsLevel SentEdns =>
            Edns == EdnsLevel.WithOptions && Protocol == DnsProtocol.Udp && !HasCookie ? EdnsLevel.WithoutOptions : Edns;

        public bool IsOutstanding => Transmission is not null;
    }
}
