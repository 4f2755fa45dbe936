using System.Globalization;
using System.Runtime.InteropServices;
using StubResolver.Benchmarks.Load.Servers;

namespace StubResolver.Benchmarks.Load;

/// <summary>Measures each client in turn, round after round, against one server: <c>load</c>.</summary>
internal static class LoadDriver
{
    public static async Task<int> RunAsync(string[] args)
    {
        LoadOptions options = LoadOptions.Parse(args);
        using LoadServer server = await LoadServer.StartAsync(options.Server, options.Delay);
        using ClientCommand commands = await ClientCommand.CreateAsync(options, server);
        List<ClientResults> results = [.. options.Clients.Select(kind => new ClientResults(kind) { Trouble = commands.GetTrouble(kind) })];

        Console.WriteLine(Describe(options, server));
        for (int round = 1; round <= options.Rounds; round++)
        {
            foreach (ClientResults client in results.Where(client => client.Trouble is null))
            {
                await MeasureAsync(client, commands, round);
            }
        }

        Console.WriteLine();
        Console.WriteLine(LoadTable.Format(results));
        return results.Any(client => client.IsMeasured) ? 0 : 1;
    }

    private static async Task MeasureAsync(ClientResults client, ClientCommand commands, int round)
    {
        ChildOutput child = await ChildProcess.RunAsync(commands.Get(client.Kind, round));
        if (child.Output.Split('\n').Select(Measurement.TryParse).FirstOrDefault(measurement => measurement is not null) is not { } measurement)
        {
            client.Trouble = "round " + round.ToString(CultureInfo.InvariantCulture) + " failed: " + child.Error.Trim();
            return;
        }

        client.Add(measurement);
        string line = $"round {round}: {client.Kind.Key,-13} {measurement.LookupsPerSecond,8:0} lookups/s {measurement.CpuMicroseconds,7:0.0} µs CPU {child.Error.Trim()}";
        await Console.Error.WriteLineAsync(line);
    }

    private static string Describe(LoadOptions options, LoadServer server) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {options.Concurrency:N0} at a time, {options.Lookups:N0} lookups a round after {options.WarmUp:N0} to warm up, median of {options.Rounds} rounds.
        Server: {server.Title}. {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {DateTime.UtcNow:yyyy-MM-dd}.
        """);
}
