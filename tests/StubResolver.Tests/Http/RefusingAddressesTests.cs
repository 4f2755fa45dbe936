using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace StubResolver.Tests.Http;

public class RefusingAddressesTests
{
    private static readonly IPEndPoint s_endPoint = new(IPAddress.Parse("192.0.2.1"), 443);

    private readonly FakeTimeProvider _time = new();
    private readonly RefusingAddresses _refusing;

    public RefusingAddressesTests() => _refusing = new RefusingAddresses(_time);

    [Theory]
    [InlineData(0, true)]
    [InlineData(29_999, true)]
    [InlineData(30_000, false)]
    public void Contains_AddressThatRefused_ForThirtySeconds(int milliseconds, bool expected)
    {
        _refusing.Add(s_endPoint);

        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));

        _refusing.Contains(s_endPoint.Address, 443).Should().Be(expected);
        _refusing.IsEmpty.Should().Be(!expected);
    }

    [Fact]
    public void Contains_OtherPortOrAddress_IsFalse()
    {
        _refusing.Add(s_endPoint);

        _refusing.Contains(s_endPoint.Address, 80).Should().BeFalse();
        _refusing.Contains(IPAddress.Parse("192.0.2.2"), 443).Should().BeFalse();
    }

    [Fact]
    public void Add_Again_StartsOver()
    {
        _refusing.Add(s_endPoint);
        _time.Advance(TimeSpan.FromSeconds(20));
        _refusing.Add(s_endPoint);

        _time.Advance(TimeSpan.FromSeconds(20));

        _refusing.Contains(s_endPoint.Address, 443).Should().BeTrue();
    }

    [Fact]
    public void Remove_ConnectedAgain_Forgets()
    {
        _refusing.Add(s_endPoint);

        _refusing.Remove(s_endPoint);

        _refusing.IsEmpty.Should().BeTrue();
        _refusing.Contains(s_endPoint.Address, 443).Should().BeFalse();
    }

    [Fact]
    public void Add_Full_IsNotRememberedUntilOthersAreOver()
    {
        for (int port = 1; port <= 1024; port++)
        {
            _refusing.Add(new IPEndPoint(IPAddress.Loopback, port));
        }

        _refusing.Add(s_endPoint);
        bool whileFull = _refusing.Contains(s_endPoint.Address, 443);
        _time.Advance(TimeSpan.FromSeconds(30));
        _refusing.Add(s_endPoint);

        whileFull.Should().BeFalse();
        _refusing.Contains(s_endPoint.Address, 443).Should().BeTrue();
        _refusing.Contains(IPAddress.Loopback, 1).Should().BeFalse();
    }
}
