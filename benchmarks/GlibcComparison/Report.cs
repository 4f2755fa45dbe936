namespace StubResolver.GlibcComparison;

/// <summary>Prints what was compared, and finds what is not explained.</summary>
internal sealed class Report(IReadOnlyList<ExpectedDifference> expected)
{
    private const int MaxExamples = 2;

    /// <summary>Prints the tables.</summary>
    /// <returns>Whether all differences are explained, and no explanation is out of date.</returns>
    public bool Print(IReadOnlyList<Comparison> comparisons)
    {
        List<Difference> differences = [.. comparisons.SelectMany(comparison => comparison.Differences)];
        List<Difference> unexplained = [.. differences.Where(difference => Find(difference) is null)];
        PrintCounts(comparisons);
        PrintExplained(differences);
        PrintList("Not explained:", unexplained.Select(difference => difference.ToString()));

        List<string> unused =
        [
            .. expected.Where(row => row.IsCertain && !differences.Any(difference => Find(difference) == row))
                .Select(row => $"{row.Configurations} | {row.Name} | {row.Reason}"),
        ];
        PrintList("Explained, but there is no such difference:", unused);
        return unexplained.Count == 0 && unused.Count == 0;
    }

    private static void PrintList(string title, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            Console.WriteLine($"{title} {line}");
        }
    }

    private ExpectedDifference? Find(Difference difference) => expected.FirstOrDefault(row => row.Explains(difference));

    private void PrintCounts(IReadOnlyList<Comparison> comparisons)
    {
        Console.WriteLine("| resolv.conf | names | lookups | same addresses | same failure | explained | not explained |\n|---|---:|---:|---:|---:|---:|---:|");
        foreach (Comparison comparison in comparisons)
        {
            int explained = comparison.Differences.Count(difference => Find(difference) is not null);
            int total = comparison.Differences.Count;
            Console.WriteLine(
                $"| {comparison.Configuration} | {comparison.Names} | {comparison.Lookups} | {comparison.Found} | {comparison.Lookups - comparison.Found - total} | {explained} | {total - explained} |");
        }
    }

    private void PrintExplained(List<Difference> differences)
    {
        Console.WriteLine("\n| lookups | getaddrinfo → StubResolver | why | such as |\n|---:|---|---|---|");
        foreach (IGrouping<string, Difference> group in differences
            .Where(difference => Find(difference) is not null)
            .GroupBy(difference => Find(difference)!.Reason))
        {
            IEnumerable<string> outcomes = group.Select(difference => $"{difference.System.Kind} → {difference.Resolver.Kind}").Distinct();
            IEnumerable<string> names = group.Select(difference => Shorten(NameList.Escape(difference.Name))).Distinct().Take(MaxExamples);
            Console.WriteLine($"| {group.Count()} | {string.Join(", ", outcomes)} | {group.Key} | `{string.Join("` `", names)}` |");
        }

        Console.WriteLine();
    }

    private static string Shorten(string name) => name.Length <= 40 ? name : $"{name[..40]}…";
}
