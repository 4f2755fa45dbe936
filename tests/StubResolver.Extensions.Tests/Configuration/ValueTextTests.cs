using StubResolver.Extensions.Configuration;

namespace StubResolver.Extensions.Tests.Configuration;

public class ValueTextTests
{
    [Theory]
    [InlineData("00:00:10", 10_000)]
    [InlineData(" 0:0:10 ", 10_000)]
    [InlineData("00:00:00.250", 250)]
    [InlineData("1.00:00:00", 86_400_000)]
    [InlineData("23:59", 86_340_000)]
    [InlineData("0", 0)]
    public void ReadTime_Time_IsRead(string text, int milliseconds)
    {
        ValueText.ReadTime(text, out TimeSpan value).Should().BeNull();

        value.Should().Be(TimeSpan.FromMilliseconds(milliseconds));
    }

    [Theory]
    [InlineData("10", "*would be days: write 00:00:10 for 10 seconds")]
    [InlineData("250", "*would be days: write a time as in *")]
    [InlineData("-5", "*would be days*")]
    [InlineData("24:00:00", "has more than 23 hours*1.00:00:00 (1 day)")]
    [InlineData("-30:00:00", "has more than 23 hours*")]
    [InlineData("-00:00:05", "is negative*")]
    [InlineData("-00:00:00.001", "is negative*")]
    [InlineData("10s", "is not a time*00:00:10 (10 seconds)*")]
    [InlineData("00:00:60", "is not a time*")]
    [InlineData("00:00:00,250", "is not a time*")]
    [InlineData("Infinite", "is not a time*")]
    [InlineData("99999999999999999999", "is not a time*")]
    public void ReadTime_Mistake_IsSaidInWords(string text, string expected) => ValueText.ReadTime(text, out _).Should().Match(expected);

    [Theory]
    [InlineData("-00:00:00.001")]
    [InlineData(" infinite")]
    [InlineData("Infinite")]
    public void ReadTimeOrInfinite_Infinite_IsRead(string text)
    {
        ValueText.ReadTimeOrInfinite(text, out TimeSpan value).Should().BeNull();

        value.Should().Be(Timeout.InfiniteTimeSpan);
    }

    [Theory]
    [InlineData("00:00:01", "")]
    [InlineData("-00:00:01", "is negative, and a time must not be")]
    [InlineData("10", "is a number without a unit, and would be days: write 00:00:10 for 10 seconds")]
    public void ReadTimeOrInfinite_AnythingElse_IsReadAsATime(string text, string expected) =>
        (ValueText.ReadTimeOrInfinite(text, out _) ?? "").Should().Be(expected);

    [Theory]
    [InlineData("Parallel", DnsAddressOrder.Parallel, true)]
    [InlineData(" parallel ", DnsAddressOrder.Parallel, true)]
    [InlineData("SEQUENTIAL", DnsAddressOrder.Sequential, true)]
    [InlineData("1", default(DnsAddressOrder), false)]
    [InlineData("Sequential, Parallel", default(DnsAddressOrder), false)]
    [InlineData("Random", default(DnsAddressOrder), false)]
    public void ReadEnum_OneText_ReadsNamesOnly(string text, DnsAddressOrder expected, bool isName)
    {
        string? error = ValueText.ReadEnum(text, out DnsAddressOrder value);

        error.Should().Be(isName ? null : "is not one of Sequential, Parallel");
        value.Should().Be(expected);
    }

    [Theory]
    [InlineData("12", true)]
    [InlineData("-1", true)]
    [InlineData("1.0", false)]
    [InlineData("1,000", false)]
    [InlineData("99999999999", false)]
    [InlineData("ten", false)]
    public void ReadInt32_OneText_ReadsWholeNumbers(string text, bool isNumber) => (ValueText.ReadInt32(text, out _) is null).Should().Be(isNumber);

    [Theory]
    [InlineData("0.25", true)]
    [InlineData("1", true)]
    [InlineData("0,25", false)]
    [InlineData("25%", false)]
    public void ReadDouble_OneText_ReadsADecimalPoint(string text, bool isNumber) => (ValueText.ReadDouble(text, out _) is null).Should().Be(isNumber);

    [Theory]
    [InlineData("true", true)]
    [InlineData("False", true)]
    [InlineData("1", false)]
    [InlineData("yes", false)]
    public void ReadBoolean_OneText_ReadsTrueAndFalse(string text, bool isBoolean) => (ValueText.ReadBoolean(text, out _) is null).Should().Be(isBoolean);
}
