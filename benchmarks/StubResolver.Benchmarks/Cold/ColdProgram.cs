using System.Globalization;
using System.Runtime.InteropServices;
using StubResolver.Benchmarks.Load;

namespace StubResolver.Benchmarks.Cold;

/// <summary>The program that does one lookup, published in one of the ways there are.</summary>
/// <param name="Name">How it is compiled.</param>
/// <param name="Options">What says so to <c>dotnet publish</c>.</param>
internal sealed record ColdProgram(string Name, params string[] Options)
{
    public static readonly ColdProgram[] All =
    [
        new("compiled as it runs", "--self-contained", "false"),
        new("ReadyToRun", "--self-contained", "false", "-p:PublishReadyToRun=true"),
        new("native AOT", "-p:PublishAot=true"),
    ];

    private const string Project = "StubResolver.ColdStart";

    /// <summary>Publishes the program.</summary>
    /// <returns>Its path, or why there is none.</returns>
    public async Task<(string? Program, string? Trouble)> PublishAsync(string folder)
    {
        if (FindProject() is not { } project)
        {
            return (null, "the sources are not there");
        }

        string output = Path.Combine(folder, Name);
        string intermediate = Path.Combine(folder, "obj", Name) + Path.DirectorySeparatorChar;
        ChildOutput publish = await ChildProcess.RunAsync(
        [
            "dotnet", "publish", project, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier,
            "-p:IntermediateOutputPath=" + intermediate, .. Options, "-o", output,
        ]);
        return publish.IsSuccess
            ? (Path.Combine(output, Project + (OperatingSystem.IsWindows() ? ".exe" : "")), null)
            : (null, publish.Output.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal)) ?? publish.Error);
    }

    /// <summary>Runs it once; returns the milliseconds of its lookup.</summary>
    public static async Task<double> MeasureAsync(string[] command)
    {
        ChildOutput child = await ChildProcess.RunAsync(command);
        return child.IsSuccess
            ? double.Parse(child.Output, CultureInfo.InvariantCulture) / 1_000
            : throw new InvalidOperationException("A first lookup failed: " + child.Error);
    }

    private static string? FindProject()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string project = Path.Combine(folder.FullName, "benchmarks", Project, Project + ".csproj");
            if (File.Exists(project))
            {
                return project;
            }
        }

        return null;
    }
}
