using System.Buffers.Binary;
using StubResolver.Tests.Wild;
using StubResolver.Tests.Wire;

namespace StubResolver.Fuzz.Resolver;

/// <summary>Messages about a query in which anything may be wrong.</summary>
internal static class HostileReply
{
    private const int HeaderSize = 12;

    public static byte[] Create(WildQuery query, Zone zone, Random random, int longest)
    {
        byte[] message = CreateBase(query, zone, random, longest);
        for (int i = random.Next(4); i > 0; i--)
        {
            message = Mutate(message, query, random, longest);
        }

        return message.Length <= longest ? message : message[..longest];
    }

    private static byte[] CreateBase(WildQuery query, Zone zone, Random random, int longest) => random.Next(8) switch
    {
        0 => Draw.Octets(random, Draw.Length(random, longest)),
        1 => FalseReply.Create(query, random, shortest: 0, longest),
        2 => new WildReply(query, random.Next(16)).ToArray(),
        3 => Adopt(MessageMutation.Next(random), query, random),
        4 => CreateAliases(query, random),
        _ => TrueReply.Create(query, zone, random),
    };

    // A reply about www.test gets this id, and mostly this question.
    private static byte[] Adopt(byte[] message, WildQuery query, Random random)
    {
        int rest = Hex.Decode(Messages.Question).Length + HeaderSize;
        if (message.Length < rest)
        {
            return message;
        }

        query.Message.AsSpan(0, 2).CopyTo(message);
        return random.Next(4) == 0 ? message : [.. message[..HeaderSize], .. query.Question, .. message[rest..]];
    }

    /// <summary>Aliases that lead in a ring, in two directions, nowhere, or on to a name that has to be asked for.</summary>
    private static byte[] CreateAliases(WildQuery query, Random random)
    {
        WildReply reply = new(query);
        byte[] owner = WildReply.AskedName;
        int count = random.Next(1, 20);
        for (int i = 0; i < count; i++)
        {
            byte[] target = random.Next(10) == 0 ? WildReply.AskedName : WildReply.Name($"t{random.Next(1000)}.test");
            reply.Answer(owner, random.Next(12) == 0 ? DnsRecordType.DName : DnsRecordType.CName, target, (uint)random.Next());
            owner = random.Next(20) == 0 ? owner : target;
        }

        return reply.ToArray();
    }

    private static byte[] Mutate(byte[] message, WildQuery query, Random random, int longest)
    {
        if (message.Length <= HeaderSize)
        {
            return [.. message, .. Draw.Octets(random, random.Next(64))];
        }

        int at = random.Next(message.Length + 1);
        switch (random.Next(10))
        {
            case 0:
                return message[..at];
            case 1:
                return [.. message, .. Draw.Octets(random, Draw.Length(random, longest - Math.Min(longest, message.Length)))];
            case 2:
                return [.. message[..at], .. message[random.Next(at + 1)..]]; // a part twice
            case 3:
                return [.. message[..random.Next(at + 1)], .. message[at..]]; // a part left out
            case 4:
                message[2] |= 0x02; // truncated
                return message;
            case 5:
                message[3] = (byte)((message[3] & 0xF0) | random.Next(16));
                return message;
            case 6:
                BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(4 + (2 * random.Next(4))), (ushort)Draw.Of(random, 0, 1, 2, 255, 65_535));
                return message;
            case 7:
                int letter = HeaderSize + random.Next(Math.Min(message.Length - HeaderSize, query.Question.Length));
                message[letter] ^= (byte)(char.IsAsciiLetter((char)message[letter]) ? 0x20 : 0);
                return message;
            default:
                MessageMutation.Change(message.AsSpan(random.Next(2) == 0 ? 0 : Math.Min(at, message.Length - 1)), random);
                return message;
        }
    }
}
