using Microsoft.Extensions.Time.Testing;
using StubResolver.Transport;

namespace StubResolver.Tests.Transport;

public sealed class TcpConnectionLifeTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(0.0, 48)]
    [InlineData(0.5, 60)]
    [InlineData(1.0, 72)]
    public void IsOver_AfterAMinute_GiveOrTakeAFifth(double chance, int seconds)
    {
        TcpConnectionLife life = new(_time, chance);

        _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        life.IsOver.Should().BeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        life.IsOver.Should().BeTrue();
    }

    [Theory]
    [InlineData(null, 0, 5)] // the default
    [InlineData(30, 0, 30)]
    [InlineData(1, 0, 1)]
    [InlineData(600, 0, 60)] // never longer than the connection's life
    [InlineData(30, 50, 10)]
    [InlineData(null, 58, 2)]
    public void GetIdleTime_Keepalive_IsObeyedWithinTheLife(int? keepalive, int age, int expected)
    {
        TcpConnectionLife life = new(_time, chance: 0.5);
        _time.Advance(TimeSpan.FromSeconds(age));

        life.ObeyKeepalive(keepalive is { } seconds ? TimeSpan.FromSeconds(seconds) : null);

        life.GetIdleTime().Should().Be(TimeSpan.FromSeconds(expected));
        life.IsOver.Should().BeFalse();
    }

    [Fact]
    public void ObeyKeepalive_Zero_EndsAfterWhatIsUnderWay()
    {
        TcpConnectionLife life = new(_time, chance: 0.5);

        life.ObeyKeepalive(TimeSpan.Zero);

        life.IsOver.Should().BeTrue("a timeout of 0 asks for the connection to be closed (RFC 7828 §3.2.2)");
        life.GetIdleTime().Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void ObeyKeepalive_NoneInALaterReply_KeepsWhatWasSaid()
    {
        TcpConnectionLife life = new(_time, chance: 0.5);
        life.ObeyKeepalive(TimeSpan.FromSeconds(20));

        life.ObeyKeepalive(null);

        life.GetIdleTime().Should().Be(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void End_BeforeItsTime_IsOverAtOnce()
    {
        TcpConnectionLife life = new(_time, chance: 0.5);

        life.End();

        life.IsOver.Should().BeTrue();
        life.GetIdleTime().Should().Be(TimeSpan.Zero);
    }
}
