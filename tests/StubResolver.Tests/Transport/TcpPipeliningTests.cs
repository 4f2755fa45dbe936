using Microsoft.Extensions.Time.Testing;
using StubResolver.Transport;

namespace StubResolver.Tests.Transport;

/// <summary>What connections that end tell about the next ones.</summary>
public sealed class TcpPipeliningTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(0, 0, false, TcpPipeliningSign.None, "it had no query")]
    [InlineData(0, 1, false, TcpPipeliningSign.None, "it answered nothing")]
    [InlineData(0, 20, false, TcpPipeliningSign.None, "an overloaded server closes whatever the connection carries")]
    [InlineData(0, 20, true, TcpPipeliningSign.None, "a dead path carries nothing")]
    [InlineData(1, 0, false, TcpPipeliningSign.None, "there was nothing else to answer")]
    [InlineData(1, 1, false, TcpPipeliningSign.Doubtful, "the server closes after one answer, or was restarted after it")]
    [InlineData(1, 19, false, TcpPipeliningSign.Doubtful, "the server closes after one answer, or was restarted after it")]
    [InlineData(1, 1, true, TcpPipeliningSign.Doubtful, "the path may have died after the first answer")]
    [InlineData(1, 2, true, TcpPipeliningSign.Lost, "it answered the first of several and dropped the others")]
    [InlineData(2, 0, false, TcpPipeliningSign.Answered, "two are several")]
    [InlineData(2, 18, false, TcpPipeliningSign.Answered, "two are several")]
    [InlineData(10, 10, false, TcpPipeliningSign.Answered, "a server that closes after ten answers pipelines ten")]
    [InlineData(2, 18, true, TcpPipeliningSign.Answered, "two are several")]
    public void Judge_EndOfAConnection_SaysWhatItTells(int answered, int unanswered, bool wasSilent, object expected, string because) =>
        TcpPipelining.Judge(answered, unanswered, wasSilent).Should().Be((TcpPipeliningSign)expected, because);

    // Each end is the sign, the number of the connection that ended, and the number of the latest that was open then.
    [Theory]
    [InlineData("D1/1", false, "one restart is no habit")]
    [InlineData("D1/1 D2/2", true, "two in a row are")]
    [InlineData("D1/4 D2/4 D3/4 D4/4", false, "one restart ends all that stand side by side")]
    [InlineData("D1/4 D2/4 D3/4 D4/4 D5/5", true, "the fifth was opened after the restart")]
    [InlineData("D1/1 N2/2 D3/3", true, "what tells nothing does not break the row")]
    [InlineData("D1/1 A2/2 D3/3", false, "an answered pipeline does")]
    [InlineData("D1/1 A2/2 D3/3 D4/4", true, "then a row begins anew")]
    [InlineData("N1/1 N2/2 N3/3", false, "what tells nothing adds up to nothing")]
    [InlineData("L1/1", true, "a restart is not silent")]
    public void IsRefused_Ends_TellsAHabitFromAnAccident(string ends, bool expected, string because)
    {
        TcpPipelining pipelining = new(_time);

        bool[] news = [.. ends.Split(' ').Select(end => OnEnded(pipelining, end))];

        pipelining.IsRefused.Should().Be(expected, because);
        news[^1].Should().Be(expected);
    }

    [Fact]
    public void IsRefused_AfterTenMinutes_IsForgotten()
    {
        TcpPipelining pipelining = new(_time);
        pipelining.OnEnded(TcpPipeliningSign.Lost, number: 1, openedCount: 1);

        _time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        pipelining.IsRefused.Should().BeTrue();
        _time.Advance(TimeSpan.FromMilliseconds(1));

        pipelining.IsRefused.Should().BeFalse();
        pipelining.OnEnded(TcpPipeliningSign.Doubtful, number: 2, openedCount: 2).Should().BeFalse("the row begins anew");
    }

    private static bool OnEnded(TcpPipelining pipelining, string end)
    {
        TcpPipeliningSign sign = end[0] switch
        {
            'D' => TcpPipeliningSign.Doubtful,
            'A' => TcpPipeliningSign.Answered,
            'L' => TcpPipeliningSign.Lost,
            _ => TcpPipeliningSign.None,
        };
        int[] numbers = [.. end[1..].Split('/').Select(int.Parse)];
        return pipelining.OnEnded(sign, numbers[0], numbers[1]);
    }
}
