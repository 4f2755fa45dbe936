using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public sealed class QueryNameTests
{
    [Theory]
    [InlineData("a.test", "a.test")]
    [InlineData("a.test.", "a.test")]
    [InlineData(".", ".")]
    [InlineData("_dns._udp.test", "_dns._udp.test")]
    [InlineData("MiXed.Test", "MiXed.Test")]
    [InlineData(@"a\.b.test", @"a\.b.test")]
    [InlineData(@"a\.", @"a\.")]
    [InlineData(@"a\\.", @"a\\")]
    [InlineData(@"a\032b.test", @"a\032b.test")]
    [InlineData("-a-.test", "-a-.test")]
    public void TryNormalize_Name_IsWhatIsSent(string typed, string expected) => Normalize(typed).Should().Be(expected);

    [Theory]
    [InlineData("", "must not be empty")]
    [InlineData(" ", "blank")]
    [InlineData("a b.test", "blank")]
    [InlineData("a.test ", "blank")]
    [InlineData("a\tb.test", "blank")]
    [InlineData("a\0.test", "control")]
    [InlineData("b\u00FC cher.test", "blank")]
    [InlineData("a..test", "empty label")]
    [InlineData(".test", "empty label")]
    [InlineData("..", "empty label")]
    [InlineData("b\u00FCcher..test", "empty label")]
    [InlineData(@"a\", "escape")]
    [InlineData(@"a\256.test", "escape")]
    [InlineData(@"a\01.test", "escape")]
    [InlineData("b\u00FC\\046.test", "escape")]
    public void TryNormalize_NoName_SaysWhy(string typed, string reason)
    {
        bool isName = QueryName.TryNormalize(typed, out _, out string? error);

        isName.Should().BeFalse();
        error.Should().Contain(reason).And.EndWith(".");
    }

    [Fact]
    public void TryNormalize_Lengths_63And255OctetsAreTheMost()
    {
        string label = new('a', 63);
        string longest = $"{label}.{label}.{label}.{new string('b', 61)}";

        QueryName.TryNormalize(label + ".test", out _, out _).Should().BeTrue();
        QueryName.TryNormalize(label + "a.test", out _, out string? labelError).Should().BeFalse();
        QueryName.TryNormalize(longest + ".", out _, out _).Should().BeTrue("the trailing dot takes no room");
        QueryName.TryNormalize(longest + "b", out _, out string? nameError).Should().BeFalse();
        labelError.Should().Contain("63");
        nameError.Should().Contain("255");
    }

    [Fact]
    public void TryNormalize_EscapesCountAsOneOctet()
    {
        string label = string.Concat(Enumerable.Repeat(@"\046", 63));

        QueryName.TryNormalize(label + ".test", out _, out _).Should().BeTrue();
        QueryName.TryNormalize(label + @"\046.test", out _, out _).Should().BeFalse();
    }

    [Fact]
    public void TryNormalize_HugeText_IsQuotedShort()
    {
        QueryName.TryNormalize(new string('a', 100_000), out _, out string? error).Should().BeFalse();

        error!.Length.Should().BeLessThan(400);
    }

    [Theory]
    [InlineData("a", 0)]
    [InlineData("a.b", 1)]
    [InlineData(@"a\.b", 0)]
    [InlineData(@"a\\.b", 1)]
    [InlineData(@"a\046b.c", 1)]
    public void CountDots_SeparatorsOnly(string name, int expected) => QueryName.CountDots(name).Should().Be(expected);

    [Theory]
    [InlineData("a.", true)]
    [InlineData("a\u3002", true)]
    [InlineData("a", false)]
    [InlineData(@"a\.", false)]
    [InlineData(@"a\\.", true)]
    [InlineData("", false)]
    public void IsFullyQualified_TrailingSeparator(string name, bool expected) => QueryName.IsFullyQualified(name).Should().Be(expected);

    private static string? Normalize(string typed)
    {
        QueryName.TryNormalize(typed, out string? name, out string? error);
        error.Should().BeNull();
        return name;
    }
}
