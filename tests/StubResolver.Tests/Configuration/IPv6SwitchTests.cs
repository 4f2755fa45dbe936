using StubResolver.Configuration;

namespace StubResolver.Tests.Configuration;

public sealed class IPv6SwitchTests
{
    [Theory]
    [InlineData(null, null, false)]
    [InlineData(null, "", false)]
    [InlineData(null, "0", false)]
    [InlineData(null, "yes", false)]
    [InlineData(null, "1", true)]
    [InlineData(null, "true", true)]
    [InlineData(null, "TRUE", true)]
    [InlineData(true, null, true)]
    [InlineData(true, "0", true)]
    [InlineData(false, "1", false)]
    public void IsDisabled_SwitchAndVariable_AsTheRuntimeDecides(bool? value, string? variable, bool expected) =>
        IPv6Switch.IsDisabled(value, variable).Should().Be(expected);
}
