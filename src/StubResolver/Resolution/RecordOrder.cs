namespace StubResolver.Resolution;

/// <summary>The order in which the records of an answer are handed out.</summary>
internal static class RecordOrder
{
    /// <summary>Returns records in the order that holds for the life of their answer.</summary>
    public static TRecord[] Sort<TRecord>(TRecord[] records)
        where TRecord : DnsRecord => (object)records switch
        {
            DnsMxRecord[] exchanges => (TRecord[])(object)MxOrder.Arrange(exchanges),
            DnsSrvRecord[] services => (TRecord[])(object)SrvOrder.Sort(services),
            _ => records,
        };

    /// <summary>Returns a sorted answer as one caller gets it: services are drawn for each (RFC 2782), any other answer is shared.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="draw">Returns a random number from 0 to its argument - 1.</param>
    public static DnsAnswer<TRecord> Draw<TRecord>(DnsAnswer<TRecord> answer, Func<int, int> draw)
        where TRecord : DnsRecord
    {
        if (answer is not DnsAnswer<DnsSrvRecord> services || !SrvOrder.IsDrawn(services.Records))
        {
            return answer;
        }

        TRecord[] records = [.. answer.Records];
        SrvOrder.Draw((DnsSrvRecord[])(object)records, draw);
        return answer.WithRecords(records);
    }
}
