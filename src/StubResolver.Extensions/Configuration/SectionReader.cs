using Microsoft.Extensions.Configuration;

namespace StubResolver.Extensions.Configuration;

/// <summary>Reads the values of one section and collects what is wrong with them, with the path of each. What is wrong is not set.</summary>
/// <param name="section">The section.</param>
/// <param name="errors">Where mistakes go.</param>
/// <param name="paths">Where the path of each value that is set goes.</param>
/// <param name="prefix">What comes before the keys of this section in the names of properties.</param>
internal sealed class SectionReader(IConfiguration section, List<string> errors, SettingPaths paths, string prefix = "")
{
    private const int MaxUnknownKeys = 10;
    private static readonly char[] s_listSeparators = [',', ' ', '\t', '\r', '\n'];

    private readonly List<string> _knownKeys = [];

    public void Read<T>(string key, ReadValue<T> read, Action<T> set)
    {
        IConfigurationSection value = Find(key);
        if (value.GetChildren().Any())
        {
            errors.Add($"{value.Path} must be a single value, but has keys below it.");
        }
        else if (value.Value is { } text && TryRead(value.Path, text, read, out T result))
        {
            paths.Add(prefix + key, value.Path);
            set(result);
        }
    }

    /// <summary>Reads an array, or one string of parts between commas or blanks; an empty array is an empty string in configuration.</summary>
    public void ReadList<T>(string key, ReadValue<T> read, Action<List<T>> set, bool mayBeEmpty = false)
    {
        IConfigurationSection list = Find(key);
        IConfigurationSection[] children = [.. list.GetChildren()];
        bool hasText = !string.IsNullOrWhiteSpace(list.Value);
        if (hasText && children.Length > 0)
        {
            errors.Add($"{list.Path} is '{list.Value}' and an array at once; the sources of the configuration must agree on one form.");
        }
        else if (hasText)
        {
            Set(list.Value!.Split(s_listSeparators, StringSplitOptions.RemoveEmptyEntries).Select(part => (list.Path, (string?)part)));
        }
        else if (children.Length > 0)
        {
            Set(children.Select(child => (child.Path, child.Value)));
        }
        else if (list.Value is "" && mayBeEmpty)
        {
            Set([]);
        }
        else if (list.Value is not null)
        {
            errors.Add(Empty(list.Path));
        }

        void Set(IEnumerable<(string Path, string? Text)> items)
        {
            paths.Add(prefix + key, list.Path);
            set(ReadAll(prefix + key, items, read));
        }
    }

    public void ReadSection(string key, Action<SectionReader> read)
    {
        IConfigurationSection inner = Find(key);
        if (IsSection(inner, errors))
        {
            SectionReader reader = new(inner, errors, paths, $"{prefix}{key}.");
            read(reader);
            reader.ReportUnknownKeys();
        }
    }

    /// <summary>Reports a single value where there should be keys.</summary>
    public static bool IsSection(IConfigurationSection section, List<string> errors)
    {
        if (section.Value is null || (section.Value.Length == 0 && section.GetChildren().Any()))
        {
            return true;
        }

        string found = section.Value.Length == 0 ? "is empty" : $"is '{section.Value}'";
        errors.Add($"{section.Path} {found}, but must be a section with keys of its own.");
        return false;
    }

    /// <summary>Reports keys that nobody read: a typing mistake would otherwise leave a default in force without a word.</summary>
    public void ReportUnknownKeys()
    {
        string[] unknown = [.. section.GetChildren().Select(child => child.Key).Where(key => !_knownKeys.Contains(key, StringComparer.OrdinalIgnoreCase))];
        if (unknown.Length == 0)
        {
            return;
        }

        string subject = section is IConfigurationSection { Path: { Length: > 0 } path } ? path : "The root of the configuration (pass a section of it?)";
        string more = unknown.Length > MaxUnknownKeys ? $" and {unknown.Length - MaxUnknownKeys} more" : "";
        errors.Add($"{subject} has unknown keys: {string.Join(", ", unknown.Take(MaxUnknownKeys))}{more}; known are {string.Join(", ", _knownKeys)}.");
    }

    private static string Empty(string path) => $"{path} is empty; leave it out for the default.";

    private IConfigurationSection Find(string key)
    {
        _knownKeys.Add(key);
        return section.GetSection(key);
    }

    private List<T> ReadAll<T>(string setting, IEnumerable<(string Path, string? Text)> items, ReadValue<T> read)
    {
        List<T> values = [];
        foreach ((string path, string? text) in items)
        {
            if (text is null)
            {
                errors.Add($"{path} must be a text.");
            }
            else if (TryRead(path, text, read, out T value))
            {
                paths.Add($"{setting}[{values.Count}]", path);
                values.Add(value);
            }
        }

        return values;
    }

    private bool TryRead<T>(string path, string text, ReadValue<T> read, out T value)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            value = default!;
            errors.Add(Empty(path));
            return false;
        }

        string? error = read(text, out value);
        if (error is not null)
        {
            errors.Add($"{path} is '{text}', which {error}.");
        }

        return error is null;
    }
}
