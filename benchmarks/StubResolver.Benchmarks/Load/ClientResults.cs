namespace StubResolver.Benchmarks.Load;

/// <summary>The rounds of one client; figures are medians over them.</summary>
internal sealed class ClientResults(LoadClientKind kind)
{
    private readonly List<Measurement> _rounds = [];

    public LoadClientKind Kind => kind;

    public bool IsMeasured => _rounds.Count > 0;

    /// <summary>Gets or sets why the client could not be measured; null where it was.</summary>
    public string? Trouble { get; set; }

    public void Add(Measurement round) => _rounds.Add(round);

    public double Median(Func<Measurement, double> value)
    {
        double[] sorted = [.. _rounds.Select(value).Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    public double Median(string key) => Median(round => round[key]);

    public double Max(string key) => _rounds.Select(round => round[key]).DefaultIfEmpty(double.NaN).Max();

    public double Sum(string key) => _rounds.Sum(round => round[key]);
}
