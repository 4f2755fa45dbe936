using StubResolver.Configuration;

namespace StubResolver.Tests.Configuration;

public class ModeChoiceTests
{
    [Theory]
    [InlineData(DnsResolverMode.Managed, null, DnsResolverMode.Managed)]
    [InlineData(DnsResolverMode.System, "", DnsResolverMode.System)]
    [InlineData(DnsResolverMode.Managed, "system", DnsResolverMode.System)]
    [InlineData(DnsResolverMode.Managed, " Shadow ", DnsResolverMode.Shadow)]
    [InlineData(DnsResolverMode.System, "MANAGED", DnsResolverMode.Managed)]
    [InlineData(DnsResolverMode.Shadow, "go", DnsResolverMode.Shadow)]
    [InlineData(DnsResolverMode.Shadow, "1", DnsResolverMode.Shadow)]
    public void Choose_OptionAndVariable_TheEnvironmentWins(DnsResolverMode option, string? variable, DnsResolverMode expected) =>
        ModeChoice.Choose(option, variable).Mode.Should().Be(expected);

    [Fact]
    public void Choose_UnreadableVariable_IsKeptForTheLog() =>
        ModeChoice.Choose(DnsResolverMode.Managed, "fast").UnreadableVariable.Should().Be("fast");

    [Theory]
    [InlineData(DnsResolverMode.Managed, null, "by default")]
    [InlineData(DnsResolverMode.System, null, "by the options")]
    [InlineData(DnsResolverMode.System, "managed", "by STUBRESOLVER_MODE")]
    public void Choose_AnySource_SaysWhatDecided(DnsResolverMode option, string? variable, string reason) =>
        ModeChoice.Choose(option, variable).Reason.Should().Be(reason);
}
