namespace StubResolver.Testing.Messages;

/// <summary>The content of a reply, and its encoding (RFC 1035 §4.1).</summary>
internal sealed class ReplyMessage
{
    private readonly QueryMessage _query;

    public ReplyMessage(QueryMessage query, ZoneAnswer answer)
    {
        _query = query;
        Id = query.Id;
        Opcode = query.Opcode;
        Flags = DnsTestFlags.QR | DnsTestFlags.RA | (query.Flags & (DnsTestFlags.RD | DnsTestFlags.CD));
        Code = answer.Code;
        Answer.AddRange(answer.Answer);
        Authority.AddRange(answer.Authority);
        Edns = query.Edns is null ? null : new ReplyEdns { DnssecOk = query.Edns.DnssecOk };
    }

    public int Id { get; set; }

    public int Opcode { get; set; }

    public DnsTestFlags Flags { get; set; }

    public DnsResponseCode Code { get; set; }

    public bool RepeatsQuestion { get; set; } = true;

    public List<ReplyQuestion> AddedQuestions { get; } = [];

    public List<DnsRecord> Answer { get; } = [];

    public List<DnsRecord> Authority { get; } = [];

    public List<DnsRecord> Additional { get; } = [];

    public ReplyEdns? Edns { get; set; }

    /// <summary>The size in octets beyond which records are left out and TC is set (RFC 2181 §9).</summary>
    public required int MaxLength { get; set; }

    public byte[] Encode()
    {
        MessageWriter ednsWriter = new();
        Edns?.Write(ednsWriter, Code);
        MessageWriter writer = new();
        writer.Octets(new byte[QueryReader.HeaderLength]);
        WriteQuestions(writer);
        bool isWhole = true;
        int[] counts = new int[3];
        List<DnsRecord>[] sections = [Answer, Authority, Additional];
        for (int i = 0; i < sections.Length && isWhole; i++)
        {
            isWhole = TryWrite(writer, sections[i], MaxLength - ednsWriter.Length, out counts[i]);
        }

        writer.Octets(ednsWriter.ToArray());
        DnsTestFlags flags = isWhole ? Flags : Flags | DnsTestFlags.TC;
        writer.PatchUInt16(0, Id);
        writer.PatchUInt16(2, (int)flags | (Opcode << 11) | ((int)Code & 0xF));
        writer.PatchUInt16(4, (RepeatsQuestion ? 1 : 0) + AddedQuestions.Count);
        writer.PatchUInt16(6, counts[0]);
        writer.PatchUInt16(8, counts[1]);
        writer.PatchUInt16(10, counts[2] + (Edns is null ? 0 : 1));
        return writer.ToArray();
    }

    private void WriteQuestions(MessageWriter writer)
    {
        if (RepeatsQuestion)
        {
            writer.Question(_query.Question.Span, _query.Name);
        }

        foreach (ReplyQuestion question in AddedQuestions)
        {
            writer.Question(question.Name, question.Type, question.Class);
        }
    }

    /// <summary>Writes the records that fit, whole ones only.</summary>
    private static bool TryWrite(MessageWriter writer, List<DnsRecord> records, int maxLength, out int count)
    {
        for (count = 0; count < records.Count; count++)
        {
            int start = writer.Length;
            writer.Record(records[count]);
            if (writer.Length > maxLength)
            {
                writer.Truncate(start);
                return false;
            }
        }

        return true;
    }
}
