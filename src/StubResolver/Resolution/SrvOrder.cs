namespace StubResolver.Resolution;

/// <summary>Orders services as a client is to try them (RFC 2782).</summary>
internal static class SrvOrder
{
    /// <summary>Returns the records by priority; within one, drawn by weight.</summary>
    /// <param name="records">The records.</param>
    /// <param name="draw">Returns a random number from 0 to its argument - 1.</param>
    public static IReadOnlyList<DnsSrvRecord> Arrange(IEnumerable<DnsSrvRecord> records, Func<int, int> draw)
    {
        List<DnsSrvRecord> ordered = [];
        foreach (IGrouping<int, DnsSrvRecord> priority in records.GroupBy(record => record.Priority).OrderBy(group => group.Key))
        {
            List<DnsSrvRecord> left = [.. priority.OrderBy(record => record.Weight == 0 ? 0 : 1)]; // those of weight 0 first: then they are drawn last
            while (left.Count > 0)
            {
                int index = Draw(left, draw(left.Sum(record => record.Weight) + 1));
                ordered.Add(left[index]);
                left.RemoveAt(index);
            }
        }

        return ordered;
    }

    /// <summary>Returns the first record whose running sum of weights reaches the number drawn.</summary>
    public static int Draw(IReadOnlyList<DnsSrvRecord> records, int number)
    {
        int sum = 0;
        for (int i = 0; i < records.Count; i++)
        {
            sum += records[i].Weight;
            if (sum >= number)
            {
                return i;
            }
        }

        return records.Count - 1;
    }
}
