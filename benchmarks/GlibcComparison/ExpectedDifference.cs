using System.IO.Enumeration;

namespace StubResolver.GlibcComparison;

/// <summary>A row of the table of differences that are meant to be.</summary>
/// <param name="Configurations">The resolv.conf files, in which "*" stands for anything; several are separated by blanks.</param>
/// <param name="Name">The name, in which "*" stands for anything.</param>
/// <param name="Family">The family, or "*".</param>
/// <param name="System">The kind of outcome of getaddrinfo, or "*", or "without IPv6": what StubResolver says, less the IPv6 addresses.</param>
/// <param name="Resolver">The kind of outcome of StubResolver, or "*", or "without IPv6": what getaddrinfo says, less the IPv6 addresses.</param>
/// <param name="Reason">Why it is so. One that begins with "sometimes: " need not be.</param>
internal sealed record ExpectedDifference(string Configurations, string Name, string Family, string System, string Resolver, string Reason)
{
    private const int Columns = 6;

    public bool IsCertain => !Reason.StartsWith("sometimes: ", StringComparison.Ordinal);

    public static IReadOnlyList<ExpectedDifference> Read(string path) =>
    [
        .. File.ReadLines(path)
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('|', Columns, StringSplitOptions.TrimEntries))
            .Select(cells => new ExpectedDifference(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5])),
    ];

    public bool Explains(Difference difference) =>
        Configurations.Split(' ').Any(pattern => IsMatch(pattern, difference.Configuration))
        && IsMatch(Name, NameList.Escape(difference.Name))
        && IsMatch(Family, difference.FamilyText)
        && IsOutcome(System, difference.System, difference.Resolver)
        && IsOutcome(Resolver, difference.Resolver, difference.System);

    private static bool IsOutcome(string pattern, Outcome outcome, Outcome other) =>
        pattern == "without IPv6" ? outcome == other.WithoutIPv6() : IsMatch(pattern, outcome.Kind);

    // A backslash escapes what follows in such a pattern.
    private static bool IsMatch(string pattern, string text) => FileSystemName.MatchesSimpleExpression(pattern.Replace("\\", "\\\\", StringComparison.Ordinal), text, ignoreCase: false);
}
