namespace StubResolver.Benchmarks.Load;

/// <summary>The reference in C, built where there is a compiler.</summary>
internal sealed class CReference : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("c-reference");

    public string Program => Path.Combine(_directory.FullName, "c-reference");

    /// <summary>Gets why there is no program; null where there is one.</summary>
    public string? Trouble { get; private set; } = "not built";

    public async Task BuildAsync()
    {
        string source = Path.Combine(AppContext.BaseDirectory, "Load", "c-reference.c");
        if (!await ChildProcess.CanRunAsync("cc", "--version"))
        {
            Trouble = "cc is not installed";
            return;
        }

        ChildOutput build = await ChildProcess.RunAsync(["cc", "-O2", "-Wall", "-pthread", "-o", Program, source]);
        Trouble = build.IsSuccess ? null : build.Error;
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
