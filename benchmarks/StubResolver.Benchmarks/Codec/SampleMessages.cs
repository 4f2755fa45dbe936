namespace StubResolver.Benchmarks.Codec;

/// <summary>Answers as servers send them: compressed owners, one OPT record.</summary>
internal static class SampleMessages
{
    public const string Name = "service.namespace.svc.cluster.example";

    /// <summary>Writes an answer to a question for A.</summary>
    /// <param name="records">How many A records it has.</param>
    public static byte[] CreateAnswer(int records)
    {
        List<byte> message = [0x12, 0x34, 0x81, 0x80, 0, 1, 0, (byte)records, 0, 0, 0, 1];
        foreach (string label in Name.Split('.'))
        {
            message.Add((byte)label.Length);
            message.AddRange(label.Select(c => (byte)c));
        }

        message.AddRange([0, 0, 1, 0, 1]);
        for (int i = 0; i < records; i++)
        {
            message.AddRange([0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 30, 0, 4, 192, 0, 2, (byte)(i + 1)]);
        }

        message.AddRange([0, 0, 41, 0x04, 0xD0, 0, 0, 0, 0, 0, 0]);
        return [.. message];
    }
}
