using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using StubResolver.Testing.Messages;

namespace StubResolver.Testing.Fakes;

/// <summary>What a fake resolver was told about names. Not thread-safe.</summary>
internal sealed class FakeNames
{
    private const int MaxAliases = 16;

    private readonly Dictionary<string, List<DnsRecord>> _records = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, DnsError> _failures = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the form of a name that is compared.</summary>
    public static string Key(string name)
    {
        string ascii = InternationalName.ToAscii(name);
        return ascii.Length > 1 && ascii.EndsWith('.') ? ascii[..^1] : ascii;
    }

    public void Add(string name, IEnumerable<DnsRecord> records)
    {
        string key = Key(name);
        _failures.Remove(key);
        if (!_records.TryGetValue(key, out List<DnsRecord>? known))
        {
            _records[key] = known = [];
        }

        known.AddRange(records);
    }

    public void ReplaceAddresses(string name, IEnumerable<DnsRecord> addresses)
    {
        _records.GetValueOrDefault(Key(name))?.RemoveAll(record => record is DnsAddressRecord or DnsCNameRecord);
        Add(name, addresses);
    }

    public void Fail(string name, DnsError error) => _failures[Key(name)] = error;

    public FakeOutcome Find(string name, DnsRecordType type) =>
        Find(name, record => type == DnsRecordType.Any || record.Type == type);

    public FakeOutcome FindAddresses(string name, AddressFamily family) => TryReadLiteral(name, out IPAddress? literal)
        ? ToOutcome([new DnsAddressRecord(name, TimeSpan.Zero, literal)], record => IsOfFamily(record, family), name)
        : Find(name, record => IsOfFamily(record, family));

    private static bool IsOfFamily(DnsRecord record, AddressFamily family) =>
        record is DnsAddressRecord address && (family == AddressFamily.Unspecified || address.Address.AddressFamily == family);

    private static bool TryReadLiteral(string name, [NotNullWhen(true)] out IPAddress? literal)
    {
        literal = null;
        return name.StartsWith('[') == name.EndsWith(']') && IPAddress.TryParse(name, out literal); // "[::1]:53" would lose its port
    }

    private static FakeOutcome ToOutcome(List<DnsRecord> records, Predicate<DnsRecord> isWanted, string canonicalName)
    {
        List<DnsRecord> found = records.FindAll(isWanted);
        return new FakeOutcome(found.Count == 0 ? DnsError.NoData : null, canonicalName, found);
    }

    private FakeOutcome Find(string name, Predicate<DnsRecord> isWanted)
    {
        string current = Key(name);
        for (int aliases = 0; aliases <= MaxAliases; aliases++)
        {
            if (_failures.TryGetValue(current, out DnsError failure))
            {
                return new FakeOutcome(failure, current, []);
            }

            if (!_records.TryGetValue(current, out List<DnsRecord>? records))
            {
                return new FakeOutcome(DnsError.NameNotFound, current, []);
            }

            FakeOutcome outcome = ToOutcome(records, isWanted, current);
            if (outcome.Error is null || records.OfType<DnsCNameRecord>().FirstOrDefault() is not { } alias)
            {
                return outcome;
            }

            current = Key(alias.CanonicalName);
        }

        return new FakeOutcome(DnsError.MalformedResponse, current, []); // an alias loop
    }
}
