using System.Globalization;

namespace StubResolver.Benchmarks.Load;

/// <summary>What one client reached in one round. Travels from process to process as one line of <c>key=value</c> pairs; keys left out are unknown.</summary>
internal sealed class Measurement
{
    private const string LinePrefix = "measured ";

    private readonly Dictionary<string, double> _values = [];

    public double LookupsPerSecond => this["lookups"] / this["elapsed_us"] * 1e6;

    public double CpuMicroseconds => this["cpu_us"] / this["lookups"];

    public double AllocatedBytes => this["allocated"] / this["lookups"];

    public double AddressesPerLookup => this["addresses"] / this["lookups"];

    /// <summary>Gets or sets a value; NaN where it is unknown.</summary>
    public double this[string key]
    {
        get => _values.GetValueOrDefault(key, double.NaN);
        set => _values[key] = value;
    }

    /// <summary>Reads the line that <see cref="ToString"/> writes; null where the line is another.</summary>
    public static Measurement? TryParse(string line)
    {
        if (!line.StartsWith(LinePrefix, StringComparison.Ordinal))
        {
            return null;
        }

        Measurement result = new();
        foreach (string pair in line[LinePrefix.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=');
            result[pair[..equals]] = double.Parse(pair.AsSpan(equals + 1), CultureInfo.InvariantCulture);
        }

        return result;
    }

    public override string ToString() =>
        LinePrefix + string.Join(' ', _values.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value}")));
}
