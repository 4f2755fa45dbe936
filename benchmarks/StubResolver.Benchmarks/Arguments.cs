using System.Globalization;

namespace StubResolver.Benchmarks;

/// <summary>Command-line options as pairs: <c>--name value</c>.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = [];

    private Arguments()
    {
    }

    /// <summary>Reads pairs of a name from <paramref name="known"/> and a value.</summary>
    /// <exception cref="ArgumentException">An option is unknown or lacks its value.</exception>
    public static Arguments Parse(string[] args, params string[] known)
    {
        Arguments result = new();
        for (int i = 0; i < args.Length; i += 2)
        {
            string name = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i][2..] : "";
            if (!known.Contains(name) || i + 1 == args.Length)
            {
                throw new ArgumentException($"'{args[i]}' is not an option with a value; there are: {string.Join(", ", known.Select(option => "--" + option))}.");
            }

            result._values[name] = args[i + 1];
        }

        return result;
    }

    public string Text(string name, string defaultValue) => _values.GetValueOrDefault(name, defaultValue);

    public int Number(string name, int defaultValue, int min = 1) =>
        !_values.TryGetValue(name, out string? text) ? defaultValue
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= min ? value
        : throw new ArgumentException($"--{name} must be a number of at least {min}, but is '{text}'.");
}
