using StubResolver.Tests.Wire;
using StubResolver.Transport;

namespace StubResolver.Fuzz;

/// <summary>The check of a datagram against the query, compared with a plain one of its own.</summary>
internal sealed class ReplyCheckTarget : FuzzTarget
{
    private const int HeaderSize = 12;

    private static readonly byte[] s_query = Hex.Decode("1234 0100 0001 0000 0000 0000" + Messages.Question);

    public override string Name => "reply check";

    public override byte[] Next(Random random)
    {
        byte[] message = MessageMutation.Next(random);
        if (random.Next(2) == 0 && message.Length > 0)
        {
            message[random.Next(Math.Min(message.Length, s_query.Length))] ^= (byte)(1 << random.Next(8)); // header and question are what counts
        }

        return message;
    }

    public override string? Check(byte[] input)
    {
        ResponseMatch exact = ResponseMatcher.Match(s_query, input, exactCase: true);
        ResponseMatch folded = ResponseMatcher.Match(s_query, input, exactCase: false);
        ResponseMatch expected = Expect(input, out bool isExact);
        ResponseMatch expectedExact = expected == ResponseMatch.Match && !isExact ? ResponseMatch.CaseMismatch : expected;
        return (folded, exact) == (expected, expectedExact) ? null : $"({folded}, {exact}) instead of ({expected}, {expectedExact})";
    }

    private static ResponseMatch Expect(byte[] input, out bool isExact)
    {
        isExact = true;
        if (input.Length < HeaderSize || (input[2] & 0xF8) != 0x80)
        {
            return ResponseMatch.Junk;
        }

        int questions = (input[4] << 8) | input[5];
        if (input[0] != s_query[0] || input[1] != s_query[1] || questions > 1)
        {
            return ResponseMatch.NearMiss;
        }

        if (questions == 0)
        {
            return (input[3] & 0x0F) is 1 or 2 or 4 or 5 ? ResponseMatch.Match : ResponseMatch.NearMiss;
        }

        if (input.Length < s_query.Length)
        {
            return ResponseMatch.NearMiss;
        }

        for (int i = HeaderSize; i < s_query.Length; i++)
        {
            isExact &= input[i] == s_query[i];
            if (input[i] != s_query[i] && !(char.IsAsciiLetter((char)input[i]) && (input[i] ^ s_query[i]) == 0x20))
            {
                return ResponseMatch.NearMiss;
            }
        }

        return ResponseMatch.Match;
    }
}
