using StubResolver.Wire;

namespace StubResolver.Tests.Wire;

public class ResponseMutationTests
{
    private static readonly byte[][] s_valid = [.. Messages.Valid.Select(Hex.Decode)];

    [Fact]
    public void TryParse_EveryPrefixOfAMessage_NeverThrows()
    {
        foreach (byte[] message in s_valid)
        {
            bool isTruncated = (message[2] & 0x02) != 0;
            for (int length = 0; length < message.Length; length++)
            {
                bool isRead = Response.TryParse(message.AsSpan(0, length), "www.test", out _);

                isRead.Should().Be(isTruncated && length >= 26, $"{length} of {message.Length} octets are there");
            }
        }
    }

    [Fact]
    public void TryParse_MutatedMessages_NeverThrowAndAnswerConsistently()
    {
        Random random = new(9267);
        int read = 0;
        for (int round = 0; round < 50_000; round++)
        {
            byte[] message = Mutate([.. s_valid[random.Next(s_valid.Length)]], random);

            bool isRead = Response.TryParse(message, "www.test", out Response? response);

            (response is not null).Should().Be(isRead);
            read += isRead ? 1 : 0;
        }

        read.Should().BeInRange(1_000, 49_000, "mutations that are all accepted or all rejected would show nothing");
    }

    private static byte[] Mutate(byte[] message, Random random)
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

        return random.Next(8) == 0 ? message[..random.Next(message.Length + 1)] : message;
    }
}
