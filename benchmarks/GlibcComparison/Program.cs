using System.Text.Json;
using StubResolver.GlibcComparison;
using StubResolver.Testing;

// Run by run.sh, in namespaces of its own. FOLDER is this one, each CONFIGURATION a file in its resolv/; NAME=CONFIGURATION gives it another name in the tables.
switch (args)
{
    case ["compare", string folder, string results, .. string[] { Length: > 0 } configurations]:
        await CompareAsync(folder, results, configurations);
        return 0;
    case ["report", string folder, string results]:
        List<Comparison> comparisons = [.. File.ReadLines(results).Select(line => JsonSerializer.Deserialize<Comparison>(line)!)];
        return new Report(ExpectedDifference.Read(Path.Combine(folder, "differences.txt"))).Print(comparisons) ? 0 : 1;
    default:
        Console.Error.WriteLine("usage: GlibcComparison compare FOLDER RESULTS CONFIGURATION… | report FOLDER RESULTS");
        return 64;
}

static async Task CompareAsync(string folder, string results, string[] configurations)
{
    IReadOnlyList<string> names = NameList.Read(Path.Combine(folder, "names.txt"));
    await using DnsTestServer server = MisbehavingServer.Start();
    foreach (string argument in configurations)
    {
        string[] parts = argument.Split('=');
        File.Copy(Path.Combine(folder, "resolv", $"{parts[^1]}.conf"), "/etc/resolv.conf", overwrite: true); // glibc sees that it changed
        Comparison comparison = await Comparison.RunAsync(parts[0], parts[^1] == MisbehavingServer.Configuration ? MisbehavingServer.Names : names);
        await File.AppendAllLinesAsync(results, [JsonSerializer.Serialize(comparison)]);
    }
}
