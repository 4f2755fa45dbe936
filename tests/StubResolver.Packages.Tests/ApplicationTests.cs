using StubResolver.Tests.Architecture;

namespace StubResolver.Packages.Tests;

[Collection(nameof(PackedLibraries))]
public class ApplicationTests(PackedLibraries packages)
{
    [Fact]
    public async Task Examples_WithThePackagesAndTheLowestExtensions_BuildAndRun()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("stubresolver-application-");
        try
        {
            await WriteAsync(folder.FullName);

            string output = await Dotnet.RunAsync(folder.FullName, "run", "-c", "Release");

            output.Should().Be("following client: page\nconnector: NameNotFound\nhealth check: Healthy\nclient of the factory: page\ntests: resolved\n");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task WriteAsync(string folder)
    {
        foreach (string path in SourceTree.Paths("samples/ReadmeExamples", "*.cs"))
        {
            File.Copy(path, Path.Combine(folder, Path.GetFileName(path)));
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "NuGet.config"), Sources());
        await File.WriteAllTextAsync(Path.Combine(folder, "Application.csproj"), Project());
    }

    // No network: what the repository's own restore brought is all there is beside the packages, and nothing is left in a shared folder.
    private string Sources() => $"""
        <configuration>
          <config>
            <add key="globalPackagesFolder" value="packages" />
          </config>
          <packageSources>
            <clear />
            <add key="packed" value="{packages.Folder}" />
          </packageSources>
          <fallbackPackageFolders>
            <clear />
            <add key="restored" value="{BuildFacts.RestoredPackages}" />
          </fallbackPackageFolders>
        </configuration>
        """;

    private string Project() => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
          </PropertyGroup>
          <ItemGroup>
            {string.Concat(PackedLibraries.Ids.Select(id => Reference(id, packages.Version)))}
            {Reference("Microsoft.Extensions.Diagnostics.HealthChecks", BuildFacts.LowestExtensionsVersion)}
            {Reference("Microsoft.Extensions.Hosting", BuildFacts.LowestExtensionsVersion)}
            {Reference("Microsoft.Extensions.Http", BuildFacts.LowestExtensionsVersion)}
          </ItemGroup>
        </Project>
        """;

    private static string Reference(string id, string version) => $"<PackageReference Include=\"{id}\" Version=\"{version}\" />";
}
