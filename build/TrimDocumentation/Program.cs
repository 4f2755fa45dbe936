using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

// TrimDocumentation ASSEMBLY: the compiler documents internal members, too; leaves those that another assembly can use in the file beside ASSEMBLY.
MetadataReference reference = MetadataReference.CreateFromFile(args[0]);
CSharpCompilation compilation = CSharpCompilation.Create("any", references: [reference, MetadataReference.CreateFromFile(typeof(object).Assembly.Location)]);
INamespaceSymbol root = ((IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!).GlobalNamespace;
HashSet<string?> visible = [.. VisibleMembers(root).Select(member => member.GetDocumentationCommentId())];

string path = Path.ChangeExtension(args[0], ".xml");
XDocument documentation = XDocument.Load(path, LoadOptions.PreserveWhitespace);
XElement[] hidden = [.. documentation.Descendants("member").Where(member => !visible.Contains((string?)member.Attribute("name")))];
foreach (XElement member in hidden)
{
    (member.PreviousNode as XText)?.Remove(); // the line's indentation
    member.Remove();
}

documentation.Save(path, SaveOptions.DisableFormatting);

static IEnumerable<ISymbol> VisibleMembers(INamespaceOrTypeSymbol parent) =>
    parent.GetMembers().Where(IsVisible).SelectMany(member => member is INamespaceOrTypeSymbol child ? VisibleMembers(child).Prepend(member) : [member]);

static bool IsVisible(ISymbol member) =>
    member is INamespaceSymbol || member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;
