using System.IO.Compression;
using System.Xml.Linq;
using StubResolver.Tests.Documentation;

namespace StubResolver.Packages.Tests;

[Collection(nameof(PackedLibraries))]
public class PackageTests(PackedLibraries packages)
{
    public static TheoryData<string> Ids => [.. PackedLibraries.Ids];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Files_OfAPackage_AreThere(string id)
    {
        using ZipArchive package = packages.Open(id);
        using ZipArchive symbols = packages.Open(id, ".snupkg");

        package.Entries.Select(file => file.FullName).Should().Contain(["README.md", "icon.png", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml"]);
        symbols.Entries.Select(file => file.FullName).Should().Contain($"lib/net10.0/{id}.pdb");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Metadata_OfAPackage_SaysWhatASiteShows(string id)
    {
        XElement metadata = Metadata(id);

        Value(metadata, "license").Should().Be("MIT");
        Value(metadata, "icon").Should().Be("icon.png");
        Value(metadata, "readme").Should().Be("README.md");
        Value(metadata, "releaseNotes").Should().Contain($"## {Value(metadata, "version")}", "the changelog has a section for the version");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Dependencies_OfAPackage_AreTheLowest(string id)
    {
        IEnumerable<XElement> dependencies = Metadata(id).Descendants().Where(element => element.Name.LocalName == "dependency");

        dependencies.Should().NotBeEmpty().And.AllSatisfy(dependency =>
            dependency.Attribute("version")!.Value.Should().Be(IsOwn(dependency) ? packages.Version : BuildFacts.LowestExtensionsVersion));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Readme_OfAPackage_HasNoLinksIntoTheRepository(string id)
    {
        string readme = packages.Read(id, "README.md");

        readme.Should().StartWith($"# {id}\n");
        new MarkdownFile(readme).Links.Should().BeEmpty("a package site has no files beside the readme");
    }

    private static bool IsOwn(XElement dependency) => PackedLibraries.Ids.Contains(dependency.Attribute("id")!.Value);

    private static string? Value(XElement metadata, string name) => metadata.Element(metadata.Name.Namespace + name)?.Value;

    private XElement Metadata(string id) => XDocument.Parse(packages.Read(id, $"{id}.nuspec")).Root!.Elements().First();
}
