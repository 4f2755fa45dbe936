using System.Globalization;
using StubResolver.Benchmarks.Load;
using StubResolver.Benchmarks.Load.Servers;

namespace StubResolver.Benchmarks.Cold;

/// <summary>Compares the first lookup of a fresh process with that of System.Net.Dns: <c>cold</c>.</summary>
internal static class ColdDriver
{
    private const string Name = "first." + LoadZone.Name;

    public static async Task<int> RunAsync(string[] args)
    {
        Arguments arguments = Arguments.Parse(args, "rounds", "server");
        int rounds = arguments.Number("rounds", 11);
        using LoadServer server = await LoadServer.StartAsync(arguments.Text("server", "auto"), delay: 0);
        (PrivateResolvConf? resolvConf, string? trouble) = server.SystemEndPoint is null
            ? (null, "port 53 of a loopback address cannot be taken")
            : await PrivateResolvConf.TryCreateAsync(server.SystemEndPoint.Address);
        using PrivateResolvConf? owned = resolvConf;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("cold-start");
        try
        {
            Console.WriteLine("| program | StubResolver, ms | System.Net.Dns, ms | difference |\n|---|---:|---:|---:|");
            foreach (ColdProgram program in ColdProgram.All)
            {
                (string? path, string? publishTrouble) = await program.PublishAsync(folder.FullName);
                Console.WriteLine(path is null
                    ? $"| {program.Name} | not measured: {publishTrouble} | | |"
                    : await MeasureAsync(program, path, server, resolvConf, rounds));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        if (trouble is not null)
        {
            Console.WriteLine($"\nSystem.Net.Dns: not measured; {trouble}");
        }

        return 0;
    }

    private static async Task<string> MeasureAsync(ColdProgram program, string path, LoadServer server, PrivateResolvConf? resolvConf, int rounds)
    {
        List<double> ours = [];
        List<double> systems = [];
        for (int round = 1; round <= rounds; round++)
        {
            ours.Add(await ColdProgram.MeasureAsync([path, Name, server.EndPoint.ToString()]));
            if (resolvConf is not null)
            {
                systems.Add(await ColdProgram.MeasureAsync(resolvConf.Wrap([path, Name, "system"])));
            }
        }

        double our = Median(ours);
        return systems.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"| {program.Name} | {our:0.0} | – | – |")
            : string.Create(CultureInfo.InvariantCulture, $"| {program.Name} | {our:0.0} | {Median(systems):0.0} | {our - Median(systems):+0.0;-0.0} |");
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
