using StubResolver.Tests.Wild;

namespace StubResolver.Fuzz.Resolver;

/// <summary>What a server sends for a query, as a function of its role, the query and the chance.</summary>
internal static class ReplyPlan
{
    private const int HeaderSize = 12;
    private const ushort CookieOption = 10;
    private const int CookieSize = 24;

    public static List<byte[]> Create(ServerRole role, WildQuery query, Zone zone, Random random)
    {
        int longest = query.Protocol == DnsProtocol.Udp ? FalseReply.LargestDatagram : ushort.MaxValue;
        return role switch
        {
            ServerRole.Truthful => CreateTruthful(query, zone, random, longest),
            ServerRole.Failing => CreateFailing(query, random),
            _ => CreateHostile(query, zone, random, longest),
        };
    }

    // What is in front is passed over or asks for TCP, and is never the last word.
    private static List<byte[]> CreateTruthful(WildQuery query, Zone zone, Random random, int longest)
    {
        List<byte[]> messages = [];
        AddFalse(messages, random.Next(6) == 0 ? random.Next(16) : random.Next(4));
        byte[] reply = TrueReply.Create(query, zone, random);
        if (query.Protocol == DnsProtocol.Udp)
        {
            switch (random.Next(16))
            {
                case 0:
                    messages.Add([.. reply[..2], (byte)(reply[2] | 0x02), .. reply[3..]]); // truncated
                    break;
                case 1:
                    messages.Add(InOtherCase(reply, query.Question.Length));
                    break;
                case 2 when !query.Cookie.IsEmpty:
                    messages.Add(new WildReply(query).Opt(WildReply.Option(CookieOption, Draw.Octets(random, CookieSize))).Flags(0x8380).ToArray());
                    break;
            }
        }

        messages.Add(reply);
        AddFalse(messages, random.Next(3));
        return messages;

        void AddFalse(List<byte[]> messages, int count)
        {
            for (; count > 0; count--)
            {
                messages.Add(FalseReply.Create(query, random, query.Protocol == DnsProtocol.Udp ? 0 : HeaderSize, longest));
            }
        }
    }

    private static List<byte[]> CreateFailing(WildQuery query, Random random) =>
        random.Next(4) == 0 ? [] : [new WildReply(query, Draw.Of(random, 1, 2, 4, 5, 9)).ToArray()];

    private static List<byte[]> CreateHostile(WildQuery query, Zone zone, Random random, int longest)
    {
        List<byte[]> messages = [];
        for (int i = random.Next(8); i > 0; i--)
        {
            messages.Add(HostileReply.Create(query, zone, random, longest));
        }

        if (random.Next(6) > 0)
        {
            messages.Add(TrueReply.Create(query, zone, random));
        }

        return messages;
    }

    private static byte[] InOtherCase(byte[] reply, int questionLength)
    {
        byte[] other = [.. reply];
        for (int i = HeaderSize; i < HeaderSize + questionLength - 5; i += 1 + other[i])
        {
            for (int letter = i + 1; letter <= i + other[i]; letter++)
            {
                other[letter] ^= (byte)(char.IsAsciiLetter((char)other[letter]) ? 0x20 : 0);
            }
        }

        return other;
    }
}
