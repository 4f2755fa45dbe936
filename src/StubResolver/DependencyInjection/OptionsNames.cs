using System.Globalization;

namespace StubResolver.DependencyInjection;

/// <summary>
/// The options names of keyed resolvers, one a key: options have names, services have keys, and 1 and "1" are two keys. Belongs to one service
/// collection. Thread-safe.
/// </summary>
internal sealed class OptionsNames
{
    private const string Prefix = "StubResolver:";

    private readonly Lock _lock = new();
    private readonly Dictionary<object, string> _names = [];

    public string GetName(object serviceKey)
    {
        // The empty name is that of the resolver without a key, and the prefix that of the names made here.
        if (serviceKey is string text && text.Length > 0 && !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return text;
        }

        lock (_lock)
        {
            if (!_names.TryGetValue(serviceKey, out string? name))
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{_names.Count}:{serviceKey}");
                _names.Add(serviceKey, name);
            }

            return name;
        }
    }
}
