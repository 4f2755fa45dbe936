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
    public static SearchCandidate[] GetCandidates(string name, bool isFullyQualified, IReadOnlyList<string> domains, int ndots)
    {
        SearchCandidate typed = new(name, IsSuffixed: false);
        if (isFullyQualified || domains.Count == 0 || name == ".")
        {
            return [typed];
        }

        bool isTypedFirst = QueryName.CountDots(name) >= ndots;
        int wireLength = QueryName.GetWireLength(name);
        SearchCandidate[] candidates = new SearchCandidate[domains.Count + 1];
        int count = 0;
        if (isTypedFirst)
        {
            AddOnce(candidates, ref count, typed);
        }

        for (int i = 0; i < domains.Count; i++)
        {
            if (Complete(name, wireLength, domains[i]) is { } candidate)
            {
                AddOnce(candidates, ref count, candidate);
            }
        }

        if (!isTypedFirst)
        {
            AddOnce(candidates, ref count, typed);
        }

        Array.Resize(ref candidates, count);
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

    private static void AddOnce(SearchCandidate[] candidates, ref int count, in SearchCandidate candidate)
    {
        for (int i = 0; i < count; i++)
        {
            if (string.Equals(candidates[i].Name, candidate.Name, StringComparison.OrdinalIgnoreCase))
            {
                return;
            }
        }

        candidates[count++] = candidate;
    }
}
