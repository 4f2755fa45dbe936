namespace StubResolver.Tests.Architecture;

public class SourceFileTests
{
    [Theory]
    [InlineData("using StubResolver.Wire;", "Wire")]
    [InlineData("using Reader = StubResolver.Wire.MessageReader;", "Wire")]
    [InlineData("        StubResolver.Caching.AnswerCache cache = new();", "Caching")]
    [InlineData("global using static StubResolver.Diagnostics.Log;", "Diagnostics")]
    [InlineData("    // as StubResolver.Wire does", null)]
    [InlineData("    /// <see cref=\"StubResolver.Wire.MessageReader\"/>", null)]
    [InlineData("namespace StubResolver.Wire;", null)]
    [InlineData("using StubResolver.Testing;", null)]
    public void UsedFolders_OneLine_FindsWhatCodeUses(string line, string? expected) =>
        new SourceFile("Folder/File.cs", [line]).UsedFolders.Should().Equal(expected is null ? [] : [expected]);

    [Theory]
    [InlineData("public sealed class Name : Base", "Name")]
    [InlineData("internal readonly record struct Key(string Value)", "Key")]
    [InlineData("internal ref struct Reader", "Reader")]
    [InlineData("public enum Kind", "Kind")]
    [InlineData("internal sealed record OneLine(int Value);", null)]
    [InlineData("    private sealed class Nested", null)]
    [InlineData("using System.Text;", null)]
    public void TopLevelTypes_OneLine_FindsThoseWithABody(string line, string? expected) =>
        new SourceFile("Folder/File.cs", [line]).TopLevelTypes.Should().Equal(expected is null ? [] : [expected]);
}
