using System.Globalization;
using StubResolver.Benchmarks.Load;
using StubResolver.Benchmarks.Load.Servers;

namespace StubResolver.Benchmarks.Cold;

/// <summary>Compares the first lookup of a fresh process with that of System.Net.Dns: <c>cold</c>.</summary>
internal static class ColdDriver
{
    public static async Task<int> RunAsync(string[] args)
    {
        Arguments arguments = Arguments.Parse(args, "rounds", "server");
        int rounds = arguments.Number("rounds", 11);
        using LoadServer server = await LoadServer.StartAsync(arguments.Text("server", "auto"), delay: 0);
        (PrivateResolvConf? resolvConf, string? trouble) = server.SystemEndPoint is null
            ? (null, "port 53 of a loopback address cannot be taken")
            : await PrivateResolvConf.TryCreateAsync(server.SystemEndPoint.Address);
        using (resolvConf)
        {
            List<double> ours = [];
            List<double> systems = [];
            for (int round = 1; round <= rounds; round++)
            {
                ours.Add(await MeasureAsync(ChildProcess.Self("first-lookup", "--client", "stub", "--server", server.EndPoint.ToString())));
                if (resolvConf is not null)
                {
                    systems.Add(await MeasureAsync(resolvConf.Wrap(ChildProcess.Self("first-lookup", "--client", "system"))));
                }
            }

            Print(ours, systems, trouble);
        }

        return 0;
    }

    private static async Task<double> MeasureAsync(string[] command)
    {
        ChildOutput child = await ChildProcess.RunAsync(command);
        return child.Output.Split('\n').Select(Measurement.TryParse).FirstOrDefault(measurement => measurement is not null) is { } measurement
            ? measurement["elapsed_us"] / 1_000
            : throw new InvalidOperationException("A first lookup failed: " + child.Error);
    }

    private static void Print(List<double> ours, List<double> systems, string? trouble)
    {
        double our = Median(ours);
        string system = systems.Count == 0
            ? $"System.Net.Dns: not measured; {trouble}"
            : string.Create(CultureInfo.InvariantCulture, $"| System.Net.Dns | {Median(systems):0.0} | |\n| StubResolver | {our:0.0} | {our - Median(systems):+0.0} |");
        Console.WriteLine("| first lookup of a process | ms | more than System.Net.Dns |\n|---|---:|---:|");
        Console.WriteLine(systems.Count == 0 ? string.Create(CultureInfo.InvariantCulture, $"| StubResolver | {our:0.0} | – |\n\n{system}") : system);
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
