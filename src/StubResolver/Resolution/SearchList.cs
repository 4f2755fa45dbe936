namespace StubResolver.Resolution;

/// <summary>Completes short names with the search list (RFC 1535 §6, resolv.conf(5)).</summary>
internal static class SearchList
{
    private const int MaxWireLength = 255;

    /// <summary>Returns the names to try, in order, each once. The name as typed is always among them.</summary>
    /// <param name="name">The normalized name.</param>
    /// <param name="isFullyQualified">Whether it was typed with a trailing dot.</param>
    /// <param name="domains">The suffixes as configured; those that are no names, and those that are never sent, are skipped.</param>
    /// <param name="ndots">The number of dots from which the name as typed comes first.</param>
    public static IReadOnlyList<SearchCandidate> GetCandidates(string name, bool isFullyQualified, IReadOnlyList<string> domains, int ndots)
    {
        if (isFullyQualified || domains.Count == 0 || name == ".")
        {
            return [new SearchCandidate(name, IsSuffixed: false)];
        }

        bool isTypedFirst = QueryName.CountDots(name) >= ndots;
        int wireLength = QueryName.GetWireLength(name);
        List<SearchCandidate> candidates = new(domains.Count + 1);
        if (isTypedFirst)
        {
            candidates.Add(new SearchCandidate(name, IsSuffixed: false));
        }

        foreach (string domain in domains)
        {
            if (Complete(name, wireLength, domain) is { } candidate)
            {
                AddOnce(candidates, candidate);
            }
        }

        if (!isTypedFirst)
        {
            AddOnce(candidates, new SearchCandidate(name, IsSuffixed: false));
        }

        return candidates;
    }

    private static SearchCandidate? Complete(string name, int wireLength, string domain)
    {
        if (!QueryName.TryNormalize(domain, out string? suffix, out _))
        {
            return null;
        }

        if (suffix == ".")
        {
            return new SearchCandidate(name, IsSuffixed: false);
        }

        int total = wireLength + QueryName.GetWireLength(suffix) - 1; // one root label, not two
        bool isSent = total <= MaxWireLength && SpecialNames.Classify(suffix) == SpecialName.None;
        return isSent ? new SearchCandidate($"{name}.{suffix}", IsSuffixed: true) : null;
    }

    private static void AddOnce(List<SearchCandidate> candidates, SearchCandidate candidate)
    {
        if (!candidates.Exists(known => string.Equals(known.Name, candidate.Name, StringComparison.OrdinalIgnoreCase)))
        {
            candidates.Add(candidate);
        }
    }
}
