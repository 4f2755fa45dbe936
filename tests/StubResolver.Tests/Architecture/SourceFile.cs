using System.Text.RegularExpressions;

namespace StubResolver.Tests.Architecture;

/// <summary>One source file: its path below its project, with slashes, and its lines.</summary>
internal sealed partial record SourceFile(string Path, IReadOnlyList<string> Lines)
{
    /// <summary>The first folder of the path; empty at the top.</summary>
    public string Folder => Path.Contains('/') ? Path[..Path.IndexOf('/')] : "";

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The types that are declared at the top level and do not end on the line they begin on.</summary>
    public IEnumerable<string> TopLevelTypes => Lines
        .Select(line => TypeDeclaration().Match(line))
        .Where(match => match.Success && !match.Groups["end"].Success)
        .Select(match => match.Groups["name"].Value);

    /// <summary>All types that are declared in the file, nested ones too.</summary>
    public IEnumerable<string> Types => Lines
        .Select(line => TypeDeclaration().Match(line.TrimStart()))
        .Where(match => match.Success)
        .Select(match => match.Groups["name"].Value);

    /// <summary>The folders whose namespaces the code names, in using directives or in full.</summary>
    public IEnumerable<string> UsedFolders => Lines
        .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && !line.StartsWith("namespace ", StringComparison.Ordinal))
        .SelectMany(line => InnerNamespace().Matches(line))
        .Select(match => match.Groups["folder"].Value)
        .Distinct();

    public string? Namespace => Lines
        .Where(line => line.StartsWith("namespace ", StringComparison.Ordinal))
        .Select(line => line["namespace ".Length..].TrimEnd(';'))
        .FirstOrDefault();

    [GeneratedRegex(
        @"^(?:(?:public|internal|private|protected|file|static|sealed|abstract|readonly|ref|partial|unsafe)\s+)*"
        + @"(?:record\s+struct|record\s+class|record|class|struct|interface|enum|delegate\s+\S+)\s+(?<name>[A-Z]\w*)[^;]*(?<end>;)?")]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"\bStubResolver\.(?<folder>Resolution|Caching|Transport|Configuration|Wire|Diagnostics|DependencyInjection|Http|Records)\b")]
    private static partial Regex InnerNamespace();
}
