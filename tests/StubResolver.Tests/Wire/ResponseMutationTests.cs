using StubResolver.Wire;

namespace StubResolver.Tests.Wire;

public class ResponseMutationTests
{
    private const int QuestionEnd = 26;

    [Fact]
    public void TryParse_EveryPrefixOfAMessage_NeverThrows()
    {
        foreach (byte[] message in MessageMutation.Valid)
        {
            bool[] isRead = [.. Enumerable.Range(0, message.Length).Select(length => Response.TryParse(message.AsSpan(0, length), "www.test", out _))];

            int first = Array.IndexOf(isRead, true);
            first.Should().Match(shortest => shortest == -1 || shortest >= QuestionEnd, "a reply needs its question");
            isRead[(first < 0 ? message.Length : first)..].Should().NotContain(false, "what follows the answers spoils nothing");
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
