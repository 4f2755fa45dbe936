using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public sealed class SleepDetectorTests
{
    private readonly Clocks _clocks = new();
    private readonly SleepDetector _detector;

    public SleepDetectorTests() => _detector = new SleepDetector(_clocks);

    [Theory]
    [InlineData(31, 0, 31)]
    [InlineData(30, 0, 0)]
    [InlineData(100, 80, 0)]
    [InlineData(100, 60, 40)]
    [InlineData(-3600, 1, 0)]
    public void GetGap_WallClockAgainstMonotonic_TellsSleepsOver30S(int wall, int monotonic, int expected) =>
        SleepDetector.GetGap(Seconds(wall) - Seconds(monotonic)).Should().Be(Seconds(expected));

    [Fact]
    public void Check_WallClockRanAhead_TellsItOnce()
    {
        _clocks.Pass(wall: Seconds(3600), monotonic: Seconds(5));

        _detector.Check().Should().Be(Seconds(3595));
        _detector.Check().Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void Check_ClocksDriftALittleAtATime_TellsNothing()
    {
        for (int i = 0; i < 1000; i++)
        {
            _clocks.Pass(wall: Seconds(60.1), monotonic: Seconds(60));

            _detector.Check().Should().Be(TimeSpan.Zero, "100 s in all, but never 30 at once");
        }
    }

    [Fact]
    public void Check_WallClockWasSetBackAndThenTheHostSlept_TellsTheSleep()
    {
        _clocks.Pass(wall: Seconds(-3600), monotonic: Seconds(1));
        _detector.Check().Should().Be(TimeSpan.Zero);

        _clocks.Pass(wall: Seconds(60), monotonic: TimeSpan.Zero);

        _detector.Check().Should().Be(Seconds(60));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private sealed class Clocks : TimeProvider
    {
        private DateTimeOffset _wall = DateTimeOffset.UnixEpoch.AddYears(50);
        private long _monotonic = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => _wall;

        public override long GetTimestamp() => _monotonic;

        public void Pass(TimeSpan wall, TimeSpan monotonic)
        {
            _wall += wall;
            _monotonic += monotonic.Ticks;
        }
    }
}
