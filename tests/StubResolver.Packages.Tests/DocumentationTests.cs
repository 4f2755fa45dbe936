using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace StubResolver.Packages.Tests;

[Collection(nameof(PackedLibraries))]
public partial class DocumentationTests(PackedLibraries packages)
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static TheoryData<string> Ids => [.. PackedLibraries.Ids];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Documentation_OfAPackage_IsOfVisibleMembersAlone(string id)
    {
        HashSet<string> visible = [.. VisibleMembers(id)];

        IEnumerable<string> documented = Documentation(id).Descendants("member").Select(member => NameOf(member.Attribute("name")!.Value));

        documented.Should().NotBeEmpty().And.BeSubsetOf(visible);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Documentation_OfAPackage_HasEachVisibleType(string id)
    {
        IEnumerable<string> documented = Documentation(id).Descendants("member").Select(member => member.Attribute("name")!.Value);

        documented.Should().Contain(Assembly.Load(id).ExportedTypes.Select(type => $"T:{type.FullName!.Replace('+', '.')}"));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void References_InADocumentation_LeadToVisibleMembers(string id)
    {
        HashSet<string> visible = [.. PackedLibraries.Ids.SelectMany(VisibleMembers)];

        IEnumerable<string> references = Documentation(id).Descendants().Attributes("cref").Select(reference => NameOf(reference.Value));

        references.Where(name => name.StartsWith("StubResolver.", StringComparison.Ordinal)).Should().NotBeEmpty().And.BeSubsetOf(visible);
    }

    private static IEnumerable<string> VisibleMembers(string id) => Assembly.Load(id).ExportedTypes.SelectMany(type =>
        type.GetMembers(All).Where(IsVisible).Select(member => $"{type.FullName}.{member.Name.Replace('.', '#')}").Append(type.FullName!)).Select(name => name.Replace('+', '.'));

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        EventInfo @event => IsVisible(@event.AddMethod!),
        _ => false,
    };

    /// <summary>The name in an identifier such as <c>M:Space.Type`1.Method``1(System.Int32)</c>.</summary>
    private static string NameOf(string identifier) => Identifier().Match(identifier).Groups["name"].Value;

    private XDocument Documentation(string id) => XDocument.Parse(packages.Read(id, $"lib/net10.0/{id}.xml"));

    [GeneratedRegex(@"^\w:(?<name>.*?)(``\d+)?([(~].*)?$")]
    private static partial Regex Identifier();
}
