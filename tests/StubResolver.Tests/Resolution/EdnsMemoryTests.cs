using Microsoft.Extensions.Time.Testing;
using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public sealed class EdnsMemoryTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Level_NothingLearnt_IsAll() => new EdnsMemory(_time).Level.Should().Be(EdnsLevel.WithOptions);

    [Fact]
    public void OnDowngradeHelped_AgainAndAgain_LastsFiveMinutesDoublingToAnHour()
    {
        EdnsMemory memory = new(_time);

        foreach (int minutes in (int[])[5, 10, 20, 40, 60, 60])
        {
            memory.OnDowngradeHelped(EdnsLevel.None);
            _time.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromTicks(1));
            memory.Level.Should().Be(EdnsLevel.None, "{0} minutes are not over", minutes);
            _time.Advance(TimeSpan.FromTicks(1));
            memory.Level.Should().Be(EdnsLevel.WithOptions, "{0} minutes are over", minutes);
        }
    }

    [Fact]
    public void OnDowngradeHelped_WithoutOptions_KeepsOpt()
    {
        EdnsMemory memory = new(_time);

        memory.OnDowngradeHelped(EdnsLevel.WithoutOptions);

        memory.Level.Should().Be(EdnsLevel.WithoutOptions);
    }
}
