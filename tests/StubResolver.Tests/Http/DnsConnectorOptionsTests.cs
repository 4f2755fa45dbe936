using System.Net.Sockets;
using StubResolver.Testing;

namespace StubResolver.Tests.Http;

public class DnsConnectorOptionsTests
{
    [Fact]
    public void GetErrors_Defaults_AreNone() => new DnsConnectorOptions().GetErrors().Should().BeEmpty();

    [Fact]
    public void Constructor_EverythingIsWrong_ThrowsOnceWithAllOfIt()
    {
        DnsConnectorOptions options = new()
        {
            ConnectionAttemptDelay = TimeSpan.FromMilliseconds(9),
            ConnectTimeout = TimeSpan.Zero,
            PreferredFamily = AddressFamily.AppleTalk,
        };

        Action act = () => _ = new DnsConnector(new FakeDnsResolver(), options);

        act.Should().Throw<ArgumentException>().WithParameterName("options")
            .WithMessage("*ConnectionAttemptDelay must be from*ConnectTimeout must be positive*PreferredFamily must be*AppleTalk*");
    }

    public static TheoryData<string, TimeSpan, bool> Times => new()
    {
        { nameof(DnsConnectorOptions.ConnectionAttemptDelay), TimeSpan.FromMilliseconds(10), true },
        { nameof(DnsConnectorOptions.ConnectionAttemptDelay), TimeSpan.FromMinutes(1), true },
        { nameof(DnsConnectorOptions.ConnectionAttemptDelay), Timeout.InfiniteTimeSpan, true },
        { nameof(DnsConnectorOptions.ConnectionAttemptDelay), TimeSpan.Zero, false },
        { nameof(DnsConnectorOptions.ConnectionAttemptDelay), TimeSpan.FromSeconds(-2), false },
        { nameof(DnsConnectorOptions.ConnectionAttemptDelay), TimeSpan.FromSeconds(61), false },
        { nameof(DnsConnectorOptions.ConnectTimeout), TimeSpan.FromTicks(1), true },
        { nameof(DnsConnectorOptions.ConnectTimeout), TimeSpan.FromHours(1), true },
        { nameof(DnsConnectorOptions.ConnectTimeout), Timeout.InfiniteTimeSpan, true },
        { nameof(DnsConnectorOptions.ConnectTimeout), TimeSpan.FromSeconds(-1), false },
        { nameof(DnsConnectorOptions.ConnectTimeout), TimeSpan.FromMinutes(61), false },
        { nameof(DnsConnectorOptions.ConnectTimeout), TimeSpan.MaxValue, false },
    };

    [Theory]
    [MemberData(nameof(Times))]
    public void GetErrors_Time_MustBeInBounds(string property, TimeSpan value, bool isAccepted)
    {
        DnsConnectorOptions options = new();
        typeof(DnsConnectorOptions).GetProperty(property)!.SetValue(options, value);

        IReadOnlyList<string> errors = options.GetErrors();

        errors.Select(error => error.Split(' ')[0]).Should().Equal(isAccepted ? [] : [property]);
    }

    [Fact]
    public void ToSnapshot_LaterChanges_DoNotReachIt()
    {
        DnsConnectorOptions options = new() { PreferredFamily = AddressFamily.InterNetwork };

        DnsConnectorOptions snapshot = options.ToSnapshot("options");
        options.PreferredFamily = AddressFamily.InterNetworkV6;

        snapshot.PreferredFamily.Should().Be(AddressFamily.InterNetwork);
    }
}
