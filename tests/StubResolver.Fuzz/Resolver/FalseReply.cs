using System.Buffers.Binary;
using StubResolver.Tests.Wild;

namespace StubResolver.Fuzz.Resolver;

/// <summary>Messages that do not belong to a query, of any length: each of them is to be passed over.</summary>
internal static class FalseReply
{
    public const int LargestDatagram = 65_507;

    private const int HeaderSize = 12;

    /// <param name="query">The query that it is not a reply to.</param>
    /// <param name="random">The chance.</param>
    /// <param name="shortest">12 over TCP, where what is shorter ends the connection.</param>
    /// <param name="longest">What the protocol can carry.</param>
    public static byte[] Create(WildQuery query, Random random, int shortest, int longest)
    {
        byte[] message = random.Next(3) == 0 ? Draw.Octets(random, Draw.Length(random, longest)) : Forge(query, random);
        if (random.Next(8) == 0)
        {
            message = [.. message, .. Draw.Octets(random, Draw.Length(random, longest - Math.Min(longest, message.Length)))];
        }

        if (message.Length < shortest)
        {
            message = Draw.Octets(random, shortest);
        }

        Estrange(message, query, random);
        return message;
    }

    private static byte[] Forge(WildQuery query, Random random)
    {
        WildReply reply = new(query, Draw.Of(random, 0, 0, 0, 2, 3, 5));
        return reply.Address(query.Type == DnsRecordType.Aaaa ? Zone.Forged.Aaaa : Zone.Forged.A).ToArray();
    }

    /// <summary>Changes what ties a message to the query: its id, its kind or its question.</summary>
    private static void Estrange(byte[] message, WildQuery query, Random random)
    {
        if (message.Length < HeaderSize)
        {
            return;
        }

        int lastOfQuestion = HeaderSize + query.Question.Length - 1;
        switch (random.Next(5))
        {
            case 0:
                message[2] &= 0x7F; // no response
                break;
            case 1:
                message[2] ^= (byte)(random.Next(1, 16) << 3); // another opcode
                message[2] |= (byte)((message[2] & 0x78) == 0 ? 0x28 : 0);
                break;
            case 2:
                message[4] = (byte)random.Next(1, 256); // hundreds of questions
                break;
            case 3 when message.Length > lastOfQuestion && message.AsSpan(HeaderSize, query.Question.Length).SequenceEqual(query.Question):
                message[lastOfQuestion - random.Next(4)] ^= (byte)random.Next(1, 256); // another type or class
                break;
            default:
                ushort id = BinaryPrimitives.ReadUInt16BigEndian(query.Message);
                BinaryPrimitives.WriteUInt16BigEndian(message, (ushort)(id + random.Next(1, ushort.MaxValue + 1)));
                break;
        }
    }
}
