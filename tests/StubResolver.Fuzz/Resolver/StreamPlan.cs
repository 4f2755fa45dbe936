using StubResolver.Tests.Wild;

namespace StubResolver.Fuzz.Resolver;

/// <summary>How messages are sent over a TCP connection; each method returns whether the connection goes on.</summary>
internal static class StreamPlan
{
    private const int MaxParts = 8;

    /// <summary>Sends all messages in whole frames, in one segment or in parts that split anything.</summary>
    public static async Task<bool> SendWholeAsync(WildConnection connection, List<byte[]> messages, Random random)
    {
        await SendInPartsAsync(connection, ToFrames(messages), random);
        return random.Next(12) > 0;
    }

    /// <summary>Sends anything: broken frames, half of the octets, none, and a reset.</summary>
    public static async Task<bool> SendHostileAsync(WildConnection connection, List<byte[]> messages, Random random)
    {
        byte[] octets = ToFrames(messages);
        switch (random.Next(12))
        {
            case 0:
                connection.Reset();
                return false;
            case 1:
                return true; // nothing is sent, and the connection stays open
            case 2:
                await SendInPartsAsync(connection, octets.AsMemory(0, random.Next(octets.Length + 1)), random);
                return random.Next(2) == 0;
            case 3:
                await SendInPartsAsync(connection, (byte[])[0, (byte)random.Next(12), .. octets], random);
                return random.Next(2) == 0;
            case 4:
                await SendInPartsAsync(connection, (byte[])[.. Draw.Octets(random, random.Next(ushort.MaxValue)), .. octets], random);
                return random.Next(2) == 0;
            case 5:
                await SendInPartsAsync(connection, octets, random);
                connection.Reset();
                return false;
            default:
                return await SendWholeAsync(connection, messages, random);
        }
    }

    private static byte[] ToFrames(List<byte[]> messages) =>
        [.. messages.SelectMany(message => (byte[])[(byte)(message.Length >> 8), (byte)message.Length, .. message])];

    private static async Task SendInPartsAsync(WildConnection connection, ReadOnlyMemory<byte> octets, Random random)
    {
        for (int parts = random.Next(2) == 0 ? 0 : random.Next(MaxParts); parts > 0 && !octets.IsEmpty; parts--)
        {
            int length = random.Next(Math.Min(octets.Length, random.Next(2) == 0 ? 4 : octets.Length) + 1);
            await connection.WriteAsync(octets[..length]);
            octets = octets[length..];
            await Task.Yield();
        }

        await connection.WriteAsync(octets);
    }
}
