using System.Text.RegularExpressions;

namespace StubResolver.Tests.Architecture;

public partial class FileTests
{
    private const int MaxLines = 300;

    [Fact]
    public void Files_OfSource_AreShort() =>
        SourceTree.Files().Where(file => file.Lines.Count > MaxLines).Select(file => $"{file.Path}: {file.Lines.Count} lines").Should().BeEmpty();

    [Fact]
    public void Files_OfSource_HaveOneTypeEach() =>
        SourceTree.Files().Where(file => file.TopLevelTypes.Count() > 1)
            .Select(file => $"{file.Path}: {string.Join(", ", file.TopLevelTypes)}").Should().BeEmpty();

    [Fact]
    public void FilesAndTypes_OfSource_AreNamedForWhatTheyDo() =>
        SourceTree.Files().SelectMany(file => file.Types.Append(file.Name).Where(name => EmptyName().IsMatch(name)).Select(name => $"{file.Path}: {name}"))
            .Should().BeEmpty();

    [GeneratedRegex("(Utils?|Utilit(y|ies)|Helpers?|Common|Manager)$")]
    private static partial Regex EmptyName();
}
