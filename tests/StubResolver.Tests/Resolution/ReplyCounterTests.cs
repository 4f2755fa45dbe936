using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public sealed class ReplyCounterTests
{
    private readonly ReplyCounter _replies = new();

    [Fact]
    public void Count_NoReplySinceTheLastLook_IsTheSame()
    {
        _replies.OnReply();
        int before = _replies.Count;

        _replies.Count.Should().Be(before);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Count_RepliesSinceTheLastLook_IsAnother(int replies)
    {
        for (int round = 0; round < 3; round++)
        {
            int before = _replies.Count;
            for (int i = 0; i < replies; i++)
            {
                _replies.OnReply();
            }

            _replies.Count.Should().NotBe(before);
        }
    }
}
