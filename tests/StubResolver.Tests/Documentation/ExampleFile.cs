using System.Text.RegularExpressions;

namespace StubResolver.Tests.Documentation;

/// <summary>A source file whose regions are blocks of the README; its using directives may stand before them there.</summary>
internal sealed partial record ExampleFile(IReadOnlyList<string> Usings, IReadOnlyList<string> Regions)
{
    public static ExampleFile Read(string path)
    {
        string text = File.ReadAllText(path).ReplaceLineEndings("\n");
        return new ExampleFile([.. text.Split('\n').Where(IsUsing)], [.. Region().Matches(text).Select(match => Unindent(match.Groups["code"].Value))]);
    }

    public static string WithoutUsings(string block) => string.Join('\n', block.Split('\n').SkipWhile(line => IsUsing(line) || line.Length == 0));

    public bool Holds(string block)
    {
        string code = WithoutUsings(block);
        return block.Split('\n').Where(IsUsing).All(Usings.Contains) && (code.Length == 0 || Regions.Contains(code));
    }

    private static bool IsUsing(string line) => UsingDirective().IsMatch(line);

    private static string Unindent(string code)
    {
        string[] lines = code.Split('\n');
        int indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length == 0 ? line : line[indent..]));
    }

    [GeneratedRegex(@"^using (\w+ = )?[\w.]+;$")]
    private static partial Regex UsingDirective();

    [GeneratedRegex(@"^ *#region \w+\n(?<code>.*?)\n *#endregion", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Region();
}
