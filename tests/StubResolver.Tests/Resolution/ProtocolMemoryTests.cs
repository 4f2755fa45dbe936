using Microsoft.Extensions.Time.Testing;
using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public sealed class ProtocolMemoryTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ProtocolMemory _memory;

    public ProtocolMemoryTests() => _memory = new ProtocolMemory(_time);

    [Fact]
    public void OnTcpRescue_ThreeInARow_PrefersTcpForAMinute()
    {
        _memory.OnTcpRescue();
        _memory.OnTcpRescue();
        _memory.PrefersTcp.Should().BeFalse();
        _memory.OnTcpRescue();

        _memory.PrefersTcp.Should().BeTrue();
        _time.Advance(TimeSpan.FromSeconds(60) - TimeSpan.FromTicks(1));
        _memory.PrefersTcp.Should().BeTrue();
        _time.Advance(TimeSpan.FromTicks(1));
        _memory.PrefersTcp.Should().BeFalse();
    }

    [Fact]
    public void OnUdpReplyOrTcpFailure_BetweenRescues_BreaksTheRow()
    {
        _memory.OnTcpRescue();
        _memory.OnTcpRescue();
        _memory.OnUdpReplyOrTcpFailure();
        _memory.OnTcpRescue();

        _memory.PrefersTcp.Should().BeFalse();
    }

    [Fact]
    public void OnUdpReplyOrTcpFailure_WhilePreferred_EndsIt()
    {
        for (int i = 0; i < 3; i++)
        {
            _memory.OnTcpRescue();
        }

        _memory.OnUdpReplyOrTcpFailure();

        _memory.PrefersTcp.Should().BeFalse();
    }

    [Fact]
    public void OnCaseFolded_OneReply_KeepsTheCaseForAnHour()
    {
        _memory.FoldsCase.Should().BeFalse();

        _memory.OnCaseFolded();

        _memory.FoldsCase.Should().BeTrue();
        _time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        _memory.FoldsCase.Should().BeTrue();
        _time.Advance(TimeSpan.FromTicks(1));
        _memory.FoldsCase.Should().BeFalse();
    }

    [Theory]
    [InlineData("silent silent silent", true)]
    [InlineData("silent silent", false)]
    [InlineData("silent silent answered silent", false)]
    public void OnAddressesAnswered_AaaaSilentThreeTimesInARow_IsNotWaitedFor(string names, bool expected)
    {
        foreach (string name in names.Split(' '))
        {
            _memory.OnAddressesAnswered(isAaaaSilent: name == "silent");
        }

        _memory.IgnoresAaaa.Should().Be(expected);
        _time.Advance(TimeSpan.FromMinutes(5));
        _memory.IgnoresAaaa.Should().BeFalse("after 5 minutes it is given another chance");
    }
}
