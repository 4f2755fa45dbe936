using System.Reflection;
using System.Runtime.CompilerServices;
using StubResolver.Testing;

namespace StubResolver.Tests.Architecture;

public class DependencyTests
{
    // Who may use whom, by folder of src/StubResolver. Public types are for all; so are the folders that have no namespace of their own.
    private static readonly Dictionary<string, string[]> s_mayUse = new()
    {
        [""] = ["Resolution", "Wire", "Configuration"],
        ["Records"] = [],
        ["Http"] = ["Resolution", "Diagnostics"],
        ["DependencyInjection"] = [],
        ["Resolution"] = ["Caching", "Transport", "Configuration", "Wire", "Diagnostics"],
        ["Transport"] = ["Wire", "Diagnostics"],
        ["Caching"] = [],
        ["Configuration"] = ["Diagnostics"],
        ["Wire"] = [],
        ["Diagnostics"] = [],
    };

    private static readonly string[] s_inRootNamespace = ["", "Records", "Http"];

    [Fact]
    public void Folders_OfTheLibrary_AllHaveARule() =>
        SourceTree.Files("StubResolver").Select(file => file.Folder).Distinct().Should().BeSubsetOf(s_mayUse.Keys);

    [Fact]
    public void Files_OfTheLibrary_UseOnlyTheFoldersTheyMay()
    {
        IEnumerable<string> violations =
            from file in SourceTree.Files("StubResolver")
            from used in file.UsedFolders
            where used != file.Folder && !s_mayUse.GetValueOrDefault(file.Folder, []).Contains(used)
            select $"{file.Path} uses {used}";

        violations.Should().BeEmpty();
    }

    [Fact]
    public void Files_OfTheLibrary_HaveTheNamespaceOfTheirFolder()
    {
        IEnumerable<string> violations =
            from file in SourceTree.Files("StubResolver")
            where file.Folder != "DependencyInjection" && file.Namespace is not null
            let expected = s_inRootNamespace.Contains(file.Folder) ? "StubResolver" : "StubResolver." + file.Path[..file.Path.LastIndexOf('/')].Replace('/', '.')
            where file.Namespace != expected
            select $"{file.Path} is in {file.Namespace}";

        violations.Should().BeEmpty();
    }

    [Fact]
    public void TestingPackage_SeesOnlyThePublicApi()
    {
        IEnumerable<string> friends = typeof(DnsResolver).Assembly.GetCustomAttributes<InternalsVisibleToAttribute>().Select(friend => friend.AssemblyName);

        friends.Should().NotContain(name => name.StartsWith("StubResolver.Testing", StringComparison.Ordinal), "its codec must not be ours");
    }

    [Fact]
    public void TestingPackage_DependsOnNothingButTheLibrary()
    {
        IEnumerable<string?> references = typeof(DnsTestServer).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name);

        references.Should().OnlyContain(name => name == "StubResolver" || name!.StartsWith("System.", StringComparison.Ordinal));
    }
}
