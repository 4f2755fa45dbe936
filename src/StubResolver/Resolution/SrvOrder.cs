namespace StubResolver.Resolution;

/// <summary>Orders services as a client is to try them (RFC 2782).</summary>
internal static class SrvOrder
{
    /// <summary>Returns the records by priority; within one, drawn by weight.</summary>
    /// <param name="records">The records.</param>
    /// <param name="draw">Returns a random number from 0 to its argument - 1.</param>
    public static DnsSrvRecord[] Arrange(IEnumerable<DnsSrvRecord> records, Func<int, int> draw)
    {
        DnsSrvRecord[] sorted = Sort(records);
        Draw(sorted, draw);
        return sorted;
    }

    /// <summary>Returns the records by priority; within one, in the order they came: chance has the last word.</summary>
    public static DnsSrvRecord[] Sort(IEnumerable<DnsSrvRecord> records) => [.. records.OrderBy(record => record.Priority)];

    /// <summary>Whether chance has a part in the order of sorted records: any two of them have one priority.</summary>
    public static bool IsDrawn(IReadOnlyList<DnsSrvRecord> sorted)
    {
        for (int i = 1; i < sorted.Count; i++)
        {
            if (sorted[i].Priority == sorted[i - 1].Priority)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Draws sorted records by weight, within each priority.</summary>
    /// <param name="sorted">The records; they change places.</param>
    /// <param name="draw">Returns a random number from 0 to its argument - 1.</param>
    public static void Draw(Span<DnsSrvRecord> sorted, Func<int, int> draw)
    {
        int first = 0;
        for (int i = 1; i <= sorted.Length; i++)
        {
            if (i == sorted.Length || sorted[i].Priority != sorted[first].Priority)
            {
                DrawPriority(sorted[first..i], draw);
                first = i;
            }
        }
    }

    /// <summary>Returns the record on whose share of the sum of all weights a number falls.</summary>
    /// <param name="records">The records.</param>
    /// <param name="number">From 0 to the sum - 1: with the sum itself among them, as RFC 2782 words it, the first record would get one number more.</param>
    public static int Find(ReadOnlySpan<DnsSrvRecord> records, int number)
    {
        int sum = 0;
        for (int i = 0; i < records.Length; i++)
        {
            sum += records[i].Weight;
            if (sum > number)
            {
                return i;
            }
        }

        return records.Length - 1;
    }

    // What is drawn goes to the front; what is left keeps its order.
    private static void DrawPriority(Span<DnsSrvRecord> left, Func<int, int> draw)
    {
        int weights = 0;
        foreach (DnsSrvRecord record in left)
        {
            weights += record.Weight;
        }

        while (left.Length > 1)
        {
            int index = weights > 0 ? Find(left, draw(weights)) : draw(left.Length); // what has no weight is equal, and comes last
            DnsSrvRecord drawn = left[index];
            left[..index].CopyTo(left[1..]);
            left[0] = drawn;
            weights -= drawn.Weight;
            left = left[1..];
        }
    }
}
