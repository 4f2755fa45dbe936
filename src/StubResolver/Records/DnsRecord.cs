using System.Globalization;
using System.Text;

namespace StubResolver;

/// <summary>One resource record as a server sent it (RFC 1035 §3.2.1), of class IN.</summary>
/// <remarks>
/// Immutable and thread-safe. The hierarchy is closed: a type without a class of its own comes as <see cref="DnsUnknownRecord"/>.
/// Two records are equal when owner, type and data are, lists and octets included. Names compare without regard to the case of ASCII letters
/// (RFC 4343), and the time to live does not count (RFC 2136 §1.1.1).
/// </remarks>
public abstract record DnsRecord
{
    private readonly RecordName _name;

    private protected DnsRecord(string name, TimeSpan ttl)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(ttl, TimeSpan.Zero);
        _name = new RecordName(name);
        Ttl = ttl;
    }

    /// <summary>Gets the owner name in text form, without a trailing dot; special octets are escaped (RFC 1035 §5.1).</summary>
    public string Name => _name.Text;

    /// <summary>Gets the record type.</summary>
    public DnsRecordType Type => RecordType;

    /// <summary>Gets the time to live as received, in whole seconds; never negative. It does not count down while the record is cached.</summary>
    public TimeSpan Ttl { get; }

    /// <summary>What <see cref="Type"/> says: it follows from the class, and takes no room in the many records of a cache.</summary>
    private protected abstract DnsRecordType RecordType { get; }

    /// <inheritdoc/>
    public virtual bool Equals(DnsRecord? other) =>
        other is not null && EqualityContract == other.EqualityContract && Type == other.Type && _name.Equals(other._name);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, _name);

    /// <summary>Returns the record as one line of a zone file (RFC 1035 §5.1, RFC 3597 §5).</summary>
    public sealed override string ToString()
    {
        StringBuilder line = new();
        line.Append(Absolute(Name)).Append(CultureInfo.InvariantCulture, $" {(long)Ttl.TotalSeconds} IN {Type.ToMnemonic()} ");
        AppendData(line);
        return line.ToString();
    }

    /// <summary>Appends the RDATA in presentation form.</summary>
    private protected abstract void AppendData(StringBuilder line);

    /// <summary>Returns a name with the trailing dot that makes it absolute in a zone file.</summary>
    private protected static string Absolute(string name) => name.EndsWith('.') ? name : name + ".";
}
