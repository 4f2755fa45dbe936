using System.Net;
using Microsoft.Extensions.Time.Testing;
using StubResolver.Configuration;

namespace StubResolver.Tests.Configuration;

/// <summary>When the system is looked at: while somebody looks names up, and not otherwise.</summary>
public sealed class SystemConfigurationTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeSystem _system = new();
    private readonly SystemConfiguration _configuration;
    private int _looks;

    public SystemConfigurationTests()
    {
        _system.Write(FakeSystem.ResolvConfFile, "nameserver 192.0.2.1");
        _system.Reading = path => _looks += path == FakeSystem.ResolvConfFile ? 1 : 0;
        _configuration = new SystemConfiguration(_system, _time, new LogRecorder());
        _looks = 0;
    }

    public void Dispose() => _configuration.Dispose();

    [Fact]
    public void Clock_MovedByAYearWithoutALookup_LooksOnceAndSleeps()
    {
        _time.Advance(TimeSpan.FromDays(400));

        _looks.Should().Be(1);
    }

    [Fact]
    public void Use_AfterALongTime_SeesWhatHasChangedMeanwhile()
    {
        List<SystemChanges> changes = [];
        _configuration.Changed += (_, found) => changes.Add(found);
        _time.Advance(TimeSpan.FromHours(1));
        _system.Write(FakeSystem.ResolvConfFile, "nameserver 192.0.2.2");

        _configuration.Use();

        _configuration.Current.Servers.Should().Equal(IPAddress.Parse("192.0.2.2"));
        changes.Should().Equal(SystemChanges.Servers);
    }

    [Fact]
    public void Use_AllTheTime_LooksOnTheTimerAndNotItself()
    {
        List<int> looks = [];
        for (int i = 0; i < 3; i++)
        {
            _configuration.Use();
            _configuration.Use();
            looks.Add(_looks);
            _time.Advance(SystemConfiguration.CheckPeriod);
        }

        looks.Should().Equal(0, 1, 2);
    }

    [Fact]
    public void Use_AfterTheSleep_LooksEveryFiveSecondsAgain()
    {
        _time.Advance(TimeSpan.FromHours(1));
        _configuration.Use();
        int woken = _looks;

        _time.Advance(SystemConfiguration.CheckPeriod);

        (woken, _looks).Should().Be((2, 3));
    }
}
