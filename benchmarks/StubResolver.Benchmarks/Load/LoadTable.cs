using System.Globalization;
using System.Text;

namespace StubResolver.Benchmarks.Load;

/// <summary>The results as a table in Markdown, ratios first.</summary>
internal static class LoadTable
{
    private const double Mebibyte = 1 << 20;

    private static readonly string[] s_columns =
    [
        "client", "CPU / C", "CPU / DnsClient", "speed / C", "speed / DnsClient", "speed / System", "lookups/s", "CPU µs/lookup", "B/lookup",
        "p50 ms", "p99 ms", "max ms", "addresses", "errors", "peak MiB", "pool threads",
    ];

    public static string Format(IReadOnlyList<ClientResults> results)
    {
        ClientResults? reference = Find(results, LoadClientKind.CReference);
        ClientResults? dnsClient = Find(results, LoadClientKind.DnsClient);
        ClientResults? system = Find(results, LoadClientKind.System);
        StringBuilder table = new();
        Append(table, s_columns);
        Append(table, ["---", .. Enumerable.Repeat("---:", s_columns.Length - 1)]);
        foreach (ClientResults client in results.Where(client => client.IsMeasured))
        {
            Append(table,
            [
                client.Kind.Title,
                Ratio(Cpu(client), Cpu(reference)), Ratio(Cpu(client), Cpu(dnsClient)),
                Ratio(Speed(client), Speed(reference)), Ratio(Speed(client), Speed(dnsClient)), Ratio(Speed(client), Speed(system)),
                Number(Speed(client), "N0"), Number(Cpu(client), "N1"), Number(client.Median(round => round.AllocatedBytes), "N0"),
                Number(client.Median("p50_us") / 1_000, "N2"), Number(client.Median("p99_us") / 1_000, "N2"), Number(client.Max("max_us") / 1_000, "N1"),
                Number(client.Median(round => round.AddressesPerLookup), "0.##"), Number(client.Sum("errors"), "N0"),
                Number(client.Max("peak_bytes") / Mebibyte, "N0"), Number(client.Max("threads"), "N0"),
            ]);
        }

        foreach (ClientResults client in results.Where(client => client.Trouble is not null))
        {
            table.AppendLine().Append(client.Kind.Title).Append(": ").Append(client.IsMeasured ? "" : "not measured; ").AppendLine(client.Trouble);
        }

        return table.ToString();
    }

    private static ClientResults? Find(IReadOnlyList<ClientResults> results, LoadClientKind kind) => results.FirstOrDefault(client => client.Kind == kind);

    private static double Cpu(ClientResults? client) => client?.Median(round => round.CpuMicroseconds) ?? double.NaN;

    private static double Speed(ClientResults? client) => client?.Median(round => round.LookupsPerSecond) ?? double.NaN;

    private static string Ratio(double value, double of) => Number(value / of, "0.00");

    private static string Number(double value, string format) => double.IsNaN(value) ? "–" : value.ToString(format, CultureInfo.InvariantCulture);

    private static void Append(StringBuilder table, string[] cells) => table.Append("| ").AppendJoin(" | ", cells).AppendLine(" |");
}
