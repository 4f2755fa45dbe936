using System.Collections.ObjectModel;
using System.Diagnostics;

namespace StubResolver;

/// <summary>What a lookup found: records of the asked type, and where and until when they hold.</summary>
/// <typeparam name="TRecord">The record type.</typeparam>
/// <remarks>Immutable and thread-safe; the instance in the cache is the instance callers get.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class DnsAnswer<TRecord>
    where TRecord : DnsRecord
{
    private readonly long _expiresAt = DateTimeOffset.MaxValue.UtcTicks;

    /// <summary>Creates an answer, for instance in a fake resolver.</summary>
    /// <param name="name">The name that was asked for.</param>
    /// <param name="records">The records; copied.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public DnsAnswer(string name, IReadOnlyList<TRecord> records)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(records);
        Name = name;
        CanonicalName = name;
        Records = AsReadOnly([.. records]);
    }

    /// <summary>Creates an answer that takes over an array which nobody else has.</summary>
    internal DnsAnswer(TRecord[] records, string name)
    {
        Name = name;
        CanonicalName = name;
        Records = AsReadOnly(records);
    }

    /// <summary>Gets the name as it was first asked for: equal to what you asked for, ignoring ASCII case.</summary>
    public string Name { get; }

    /// <summary>Gets the records, of the asked type only; empty where there are none.</summary>
    public IReadOnlyList<TRecord> Records { get; }

    /// <summary>Gets the end of the CNAME chain, or the search candidate that answered; without a trailing dot.</summary>
    /// <value>The default is <see cref="Name"/>.</value>
    public string CanonicalName { get; init; }

    /// <summary>Gets the response code, with its extended bits (RFC 6891 §6.1.3).</summary>
    public DnsResponseCode ResponseCode { get; init; }

    /// <summary>Gets the UTC time at which the answer ends its life.</summary>
    /// <value>The default is <see cref="DateTimeOffset.MaxValue"/>, as for literals and special names.</value>
    public DateTimeOffset ExpiresAt
    {
        get => new(_expiresAt, TimeSpan.Zero);
        init => _expiresAt = value.UtcTicks;
    }

    /// <summary>Gets a value indicating whether the answer was served past its life because no server answered (RFC 8767).</summary>
    public bool IsStale { get; init; }

    /// <summary>Gets a value indicating whether the server validated the answer (AD bit, RFC 4035 §3.2.3); only where the path to it is trusted.</summary>
    public bool IsAuthenticated { get; init; }

    /// <summary>Gets the server that answered, or <see langword="null"/> for a literal, a special name or a hosts file entry.</summary>
    public DnsServer? Server { get; init; }

    /// <summary>Gets how one address family failed while the other one answered; for reading, never thrown.</summary>
    public DnsException? PartialFailure { get; init; }

    /// <summary>Returns the records as lines of a zone file, as in the answer section of dig, on one line; the response code where there are none.</summary>
    public override string ToString() => Records.Count == 0
        ? $"{Name}: {ResponseCode}, no records"
        : string.Join("; ", Records) + (IsStale ? " (stale)" : "") + (PartialFailure is null ? "" : $" (partial: {PartialFailure.DnsError})");

    private static IReadOnlyList<TRecord> AsReadOnly(TRecord[] records) => records switch
    {
        [] => ReadOnlyCollection<TRecord>.Empty,
        [TRecord only] => new FewRecords<TRecord>(only, null),
        [TRecord first, TRecord second] => new FewRecords<TRecord>(first, second),
        _ => new ReadOnlyCollection<TRecord>(records),
    };
}
