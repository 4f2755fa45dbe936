using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public class StaleRuleTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData(DnsError.NoData, true)]
    [InlineData(DnsError.NameNotFound, true)]
    [InlineData(DnsError.ServerFailure, false)]
    [InlineData(DnsError.Refused, false)]
    [InlineData(DnsError.Timeout, false)]
    [InlineData(DnsError.NetworkError, false)]
    [InlineData(DnsError.MalformedResponse, false)]
    public void Replaces_Renewed_OnlyWhatDnsSaid(DnsError? error, bool expected) =>
        StaleRule.Replaces(new AddressOutcome { Error = error }).Should().Be(expected);

    [Fact]
    public void Replaces_RenewedByLameServers_DoesNot() =>
        StaleRule.Replaces(new AddressOutcome { Error = DnsError.NoData, IsLame = true }).Should().BeFalse();

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(false, true, true)]
    [InlineData(true, true, true)] // the other family is new
    [InlineData(true, false, false)]
    public void Replaces_RenewedWithAddressesFromBefore_OnlyBesideNewOnes(bool isStale, bool isPartial, bool expected) =>
        StaleRule.Replaces(new AddressOutcome
        {
            Answer = new DnsAnswer<DnsAddressRecord>("a.test", [])
            {
                IsStale = isStale,
                PartialFailure = isPartial ? new DnsException(DnsError.ServerFailure, "a.test") : null,
            },
        }).Should().Be(expected);

    [Theory]
    [InlineData(0, 1.8)]
    [InlineData(1, 0.8)]
    [InlineData(1.8, 0)]
    [InlineData(9, 0)]
    public void GetWait_RefreshUnderWay_IsWhatIsLeft(double sinceStart, double expected) =>
        StaleRule.GetWait(TimeSpan.FromSeconds(sinceStart)).Should().Be(TimeSpan.FromSeconds(expected));
}
