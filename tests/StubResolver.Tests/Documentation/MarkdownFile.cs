using System.Text.RegularExpressions;
using StubResolver.Tests.Architecture;

namespace StubResolver.Tests.Documentation;

/// <summary>The parts of a Markdown file that tests hold against the code.</summary>
internal sealed partial record MarkdownFile(string Text)
{
    public IEnumerable<string> Tables => Text.Split('\n').Where(line => line.StartsWith('|'));

    public IEnumerable<string> Links => Link().Matches(Text).Select(match => match.Groups["target"].Value);

    public static MarkdownFile Read(string path) => new(File.ReadAllText(SourceTree.FullPath(path)).ReplaceLineEndings("\n"));

    public static IEnumerable<string> RfcNumbers(string text) => Rfc().Matches(text).Select(match => match.Groups["number"].Value);

    public static IEnumerable<string> NumbersOfFirstCell(string row) => Number().Matches(row.Split('|')[1]).Select(match => match.Value);

    public IEnumerable<string> CodeBlocks(string language) =>
        CodeBlock().Matches(Text).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["code"].Value);

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<code>.*?)\n```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\((?<target>[^)#:]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\bRFC (?<number>\d+)")]
    private static partial Regex Rfc();

    [GeneratedRegex(@"\d{3,}")]
    private static partial Regex Number();
}
