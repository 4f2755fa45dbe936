using Microsoft.Extensions.Time.Testing;
using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public class QueryRateTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void OnSent_OverTheLimitForTenSeconds_TellsOnce()
    {
        QueryRate rate = new(_time);

        int told = Enumerable.Range(0, 30).Sum(_ => SendForASecond(rate, QueryRate.Limit + 1));

        told.Should().Be(1);
    }

    [Fact]
    public void OnSent_AtTheLimit_TellsNothing()
    {
        QueryRate rate = new(_time);

        Enumerable.Range(0, 30).Sum(_ => SendForASecond(rate, QueryRate.Limit)).Should().Be(0);
    }

    [Fact]
    public void OnSent_WithAQuietSecondInBetween_BeginsAnew()
    {
        QueryRate rate = new(_time);

        int told = Enumerable.Range(1, 29).Sum(second => SendForASecond(rate, second % QueryRate.BusySeconds == 0 ? 1 : 1000));

        told.Should().Be(0);
    }

    private int SendForASecond(QueryRate rate, int count)
    {
        int told = Enumerable.Range(0, count).Count(_ => rate.OnSent(_time.GetTimestamp()));
        _time.Advance(TimeSpan.FromSeconds(1));
        return told;
    }
}
