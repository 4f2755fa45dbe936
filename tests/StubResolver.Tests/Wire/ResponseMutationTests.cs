using StubResolver.Wire;

namespace StubResolver.Tests.Wire;

public class ResponseMutationTests
{
    [Fact]
    public void TryParse_EveryPrefixOfAMessage_NeverThrows()
    {
        foreach (byte[] message in MessageMutation.Valid)
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
            byte[] message = MessageMutation.Next(random);

            bool isRead = Response.TryParse(message, "www.test", out Response? response);

            (response is not null).Should().Be(isRead);
            read += isRead ? 1 : 0;
        }

        read.Should().BeInRange(1_000, 49_000, "mutations that are all accepted or all rejected would show nothing");
    }
}
