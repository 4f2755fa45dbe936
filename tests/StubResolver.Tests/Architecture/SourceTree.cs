using System.Text.RegularExpressions;

namespace StubResolver.Tests.Architecture;

/// <summary>The source files of the repository the tests were built from.</summary>
internal static partial class SourceTree
{
    private static readonly string s_root = FindRoot();

    /// <summary>All source files below a folder of <c>src</c>, or below all of it.</summary>
    public static IReadOnlyList<SourceFile> Files(string project = "")
    {
        string source = Path.Combine(s_root, "src", project);
        return [.. Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(source, path).Replace('\\', '/'))
            .Where(path => !BuildOutput().IsMatch(path))
            .Select(path => new SourceFile(path, File.ReadAllLines(Path.Combine(source, path))))];
    }

    /// <summary>The full path of a file or folder, given from the top of the repository.</summary>
    public static string FullPath(string path) => Path.Combine(s_root, path);

    /// <summary>The full paths of the files in a folder, but what builds leave there.</summary>
    public static IEnumerable<string> Paths(string folder, string pattern) =>
        Directory.EnumerateFiles(FullPath(folder), pattern, SearchOption.AllDirectories)
            .Where(path => !BuildOutput().IsMatch(Path.GetRelativePath(s_root, path).Replace('\\', '/')));

    private static string FindRoot()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "StubResolver.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new DirectoryNotFoundException($"No StubResolver.sln above {AppContext.BaseDirectory}.");
    }

    [GeneratedRegex("(^|/)(bin|obj)/")]
    private static partial Regex BuildOutput();
}
