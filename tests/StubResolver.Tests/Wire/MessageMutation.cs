namespace StubResolver.Tests.Wire;

/// <summary>Makes broken replies out of valid ones.</summary>
internal static class MessageMutation
{
    /// <summary>Gets the valid ones.</summary>
    public static byte[][] Valid { get; } = [.. Messages.Valid.Select(Hex.Decode)];

    /// <summary>Returns a valid reply with a few octets changed, sometimes cut.</summary>
    public static byte[] Next(Random random) => Mutate([.. Valid[random.Next(Valid.Length)]], random);

    /// <summary>Changes a few octets.</summary>
    public static void Change(Span<byte> message, Random random)
    {
        int changes = random.Next(1, 5);
        for (int i = 0; i < changes; i++)
        {
            int position = random.Next(message.Length);
            message[position] = random.Next(4) switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)(message[position] ^ (1 << random.Next(8))),
                2 => 0xC0,
                _ => (byte)(message[position] + random.Next(-2, 3)),
            };
        }
    }

    private static byte[] Mutate(byte[] message, Random random)
    {
        Change(message, random);
        return random.Next(8) == 0 ? message[..random.Next(message.Length + 1)] : message;
    }
}
