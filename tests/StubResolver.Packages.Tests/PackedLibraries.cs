using System.IO.Compression;
using StubResolver.Tests.Architecture;

namespace StubResolver.Packages.Tests;

/// <summary>The packages of the libraries that the tests were built with, in a folder of their own.</summary>
public sealed class PackedLibraries : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stubresolver-packages-");

    public static IReadOnlyList<string> Ids { get; } = ["StubResolver", "StubResolver.Extensions", "StubResolver.Testing"];

    public string Folder => _folder.FullName;

    public string Version => Path.GetFileName(PathOf("StubResolver.Testing", ".nupkg"))["StubResolver.Testing.".Length..^".nupkg".Length];

    public async Task InitializeAsync()
    {
        foreach (string id in Ids)
        {
            await Dotnet.RunAsync(SourceTree.FullPath($"src/{id}"), "pack", "--no-build", "-c", BuildFacts.Configuration, "-warnaserror", "-o", Folder);
        }
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    public ZipArchive Open(string id, string extension = ".nupkg") => ZipFile.OpenRead(PathOf(id, extension));

    public string Read(string id, string file)
    {
        using ZipArchive package = Open(id);
        using StreamReader reader = new(package.GetEntry(file)!.Open());
        return reader.ReadToEnd();
    }

    private string PathOf(string id, string extension) => Directory.GetFiles(Folder, $"{id}.?.*{extension}").Single();
}
