using StubResolver.Testing.Messages;

namespace StubResolver.Testing;

/// <summary>The records of a test server, and what a recursive server that knew no others would answer. Thread-safe.</summary>
internal sealed class TestZone
{
    private const int MaxAliases = 16;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<DnsRecord>> _records = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The TTL and the MINIMUM of the SOA record that is made up where the zone has none.</summary>
    public TimeSpan NegativeTtl { get; set; } = TimeSpan.FromSeconds(60);

    public void Add(DnsRecord record)
    {
        RecordData.Write(new MessageWriter(), record); // a record that cannot be sent fails here, in the test that adds it
        string name = DomainName.Normalize(record.Name);
        lock (_lock)
        {
            if (!_records.TryGetValue(name, out List<DnsRecord>? records))
            {
                _records[name] = records = [];
            }

            records.Add(record);
        }
    }

    public void Remove(string name)
    {
        string normalized = DomainName.Normalize(name);
        lock (_lock)
        {
            _records.Remove(normalized);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _records.Clear();
        }
    }

    public ZoneAnswer Find(string name, DnsRecordType type)
    {
        lock (_lock)
        {
            List<DnsRecord> answer = [];
            for (int aliases = 0; aliases <= MaxAliases; aliases++)
            {
                List<DnsRecord>? records = _records.GetValueOrDefault(name);
                List<DnsRecord> found = records?.FindAll(record => type == DnsRecordType.Any || record.Type == type) ?? [];
                answer.AddRange(found);
                if (found.Count > 0 || (records ?? Synthesize(name, answer)).OfType<DnsCNameRecord>().FirstOrDefault() is not { } alias)
                {
                    return ToAnswer(answer, exists: records is not null, found.Count > 0, name);
                }

                answer.Add(alias);
                name = DomainName.Normalize(alias.CanonicalName);
            }

            return new ZoneAnswer(DnsResponseCode.ServerFailure, [], []); // an alias loop, as recursive servers report it
        }
    }

    /// <summary>Returns the SOA record that goes with a negative answer (RFC 2308 §3): the nearest in the zone, else one of the top-level domain.</summary>
    public DnsSoaRecord FindSoa(string name)
    {
        string apex = name;
        lock (_lock)
        {
            for (string? ancestor = name; ancestor is not null; ancestor = DomainName.Parent(ancestor))
            {
                if (_records.GetValueOrDefault(ancestor)?.OfType<DnsSoaRecord>().FirstOrDefault() is { } soa)
                {
                    return soa;
                }

                apex = ancestor == DomainName.Root ? apex : ancestor;
            }
        }

        string suffix = apex == DomainName.Root ? "" : "." + apex;
        TimeSpan hour = TimeSpan.FromHours(1);
        return new DnsSoaRecord(apex, NegativeTtl, "ns" + suffix, "hostmaster" + suffix, 1, hour, hour, hour, NegativeTtl);
    }

    /// <summary>Returns the CNAME that a DNAME above the name stands for, and adds the DNAME to the answer (RFC 6672 §3.1).</summary>
    private IEnumerable<DnsRecord> Synthesize(string name, List<DnsRecord> answer)
    {
        List<byte[]> prefix = [];
        for (string? ancestor = name; ancestor is not null; ancestor = DomainName.Parent(ancestor))
        {
            if (prefix.Count > 0 && _records.GetValueOrDefault(ancestor)?.OfType<DnsDNameRecord>().FirstOrDefault() is { } dname)
            {
                answer.Add(dname);
                string target = DomainName.ToText(prefix.Concat(DomainName.ToLabels(dname.Target)));
                return [new DnsCNameRecord(name, dname.Ttl, target)];
            }

            prefix.AddRange(DomainName.ToLabels(ancestor).Take(1));
        }

        return [];
    }

    private ZoneAnswer ToAnswer(List<DnsRecord> answer, bool exists, bool isFound, string name)
    {
        DnsResponseCode code = exists ? DnsResponseCode.NoError : DnsResponseCode.NxDomain;
        return new ZoneAnswer(code, answer, isFound ? [] : [FindSoa(name)]);
    }
}
