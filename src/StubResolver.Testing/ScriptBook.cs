using StubResolver.Testing.Messages;

namespace StubResolver.Testing;

/// <summary>Which script answers which query; the most particular one does. Thread-safe.</summary>
internal sealed class ScriptBook
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Action<DnsTestQuery, DnsTestResponse>> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<DnsRecordType, Dictionary<string, Action<DnsTestQuery, DnsTestResponse>>> _byType = [];
    private Action<DnsTestQuery, DnsTestResponse> _any = static (_, _) => { };

    public void Set(string name, DnsRecordType? type, Action<DnsTestQuery, DnsTestResponse> respond)
    {
        string normalized = DomainName.Normalize(name);
        lock (_lock)
        {
            Names(type)[normalized] = respond;
        }
    }

    public void SetAny(Action<DnsTestQuery, DnsTestResponse> respond)
    {
        lock (_lock)
        {
            _any = respond;
        }
    }

    public Action<DnsTestQuery, DnsTestResponse> Find(string name, DnsRecordType type)
    {
        lock (_lock)
        {
            return Names(type).GetValueOrDefault(name) ?? _byName.GetValueOrDefault(name) ?? _any;
        }
    }

    private Dictionary<string, Action<DnsTestQuery, DnsTestResponse>> Names(DnsRecordType? type)
    {
        if (type is not { } key)
        {
            return _byName;
        }

        if (!_byType.TryGetValue(key, out Dictionary<string, Action<DnsTestQuery, DnsTestResponse>>? names))
        {
            _byType[key] = names = new(StringComparer.OrdinalIgnoreCase);
        }

        return names;
    }
}
