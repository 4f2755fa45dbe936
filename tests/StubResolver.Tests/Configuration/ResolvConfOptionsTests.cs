using StubResolver.Configuration;

namespace StubResolver.Tests.Configuration;

public class ResolvConfOptionsTests
{
    [Theory]
    [InlineData("ndots:0", 0)]
    [InlineData("ndots:5", 5)]
    [InlineData("ndots:15", 15)]
    [InlineData("ndots:16", 15)]
    [InlineData("ndots:99999999999999999999", 15)]
    [InlineData("ndots:3x", 3)]
    [InlineData("ndots:2 ndots:4", 4)]
    [InlineData("ndots:2 ndots:x", 2)]
    [InlineData("ndots:-1", null)]
    [InlineData("ndots:", null)]
    [InlineData("ndots", null)]
    [InlineData("NDOTS:3", null)]
    [InlineData("ndots 3", null)]
    public void Parse_Ndots_IsBetween0And15(string options, int? expected) => Parse(options).Ndots.Should().Be(expected);

    [Theory]
    [InlineData("timeout:1", 1)]
    [InlineData("timeout:2", 2)]
    [InlineData("timeout:30", 30)]
    [InlineData("timeout:31", 30)]
    [InlineData("timeout:0", 1)]
    [InlineData("timeout:4294967297", 30)]
    [InlineData("timeout:-5", null)]
    [InlineData("timeout:soon", null)]
    public void Parse_Timeout_IsBetween1And30Seconds(string options, int? expected) =>
        Parse(options).AttemptTimeout.Should().Be(expected is { } seconds ? TimeSpan.FromSeconds(seconds) : null);

    [Theory]
    [InlineData("attempts:1", 1)]
    [InlineData("attempts:3", 3)]
    [InlineData("attempts:4", 3)]
    [InlineData("attempts:99999999999999999999", 3)]
    [InlineData("attempts:0", 1)]
    [InlineData("attempts:", null)]
    public void Parse_Attempts_IsBetween1And3(string options, int? expected) => Parse(options).Attempts.Should().Be(expected);

    [Theory]
    [InlineData("rotate", true, false, false, false, false)]
    [InlineData("use-vc", false, true, false, false, false)]
    [InlineData("usevc", false, true, false, false, false)]
    [InlineData("tcp", false, true, false, false, false)]
    [InlineData("no-aaaa", false, false, true, false, false)]
    [InlineData("trust-ad", false, false, false, true, false)]
    [InlineData("no-reload", false, false, false, false, true)]
    [InlineData("rotate use-vc\tno-aaaa trust-ad no-reload", true, true, true, true, true)]
    [InlineData("# rotate", false, false, false, false, false)]
    [InlineData("rotated", false, false, false, false, false)]
    [InlineData("rotate use-vc no-aaaa trust-ad no-reload -rotate -use-vc -no-aaaa -trust-ad -no-reload", false, false, false, false, false)]
    [InlineData("-no-aaaa no-aaaa", false, false, true, false, false)]
    [InlineData("-rotate", false, false, false, false, false)]
    public void Parse_Flags_AreSet(string options, bool rotate, bool useTcp, bool noAaaa, bool trustAd, bool noReload)
    {
        ResolvConfOptions parsed = Parse(options);

        (parsed.RotateServers, parsed.UseTcp, parsed.NoAaaa, parsed.TrustAuthenticatedData, parsed.NoReload)
            .Should().Be((rotate, useTcp, noAaaa, trustAd, noReload));
    }

    [Theory]
    [InlineData("edns0")]
    [InlineData("single-request")]
    [InlineData("single-request-reopen")]
    [InlineData("inet6")]
    [InlineData("-single-request")]
    [InlineData("-no-aaaa")]
    [InlineData("-edns0 edns0")]
    public void Parse_OptionsThatAreAlwaysSoOrMeanNothing_AreKnownAndIgnored(string option)
    {
        ResolvConf resolvConf = ResolvConf.Parse($"options {option}");

        resolvConf.Options.Should().Be(default(ResolvConfOptions));
        resolvConf.UnknownOptions.Should().BeEmpty();
    }

    [Theory]
    [InlineData("edns0", "-edns0", true)]
    [InlineData("-edns0", null, true)]
    [InlineData("-edns0", "edns0", false)]
    [InlineData("edns0", null, false)]
    public void WithEnvironment_EdnsSwitchedOff_LastWordWins(string options, string? resOptions, bool expected) =>
        ResolvConf.Parse($"options {options}").WithEnvironment(resOptions, localDomain: null).Options.NoEdns.Should().Be(expected);

    [Fact]
    public void WithEnvironment_LeadingMinus_SwitchesAnOptionOfTheFileOff() =>
        ResolvConf.Parse("options no-aaaa rotate").WithEnvironment("-no-aaaa", localDomain: null).Options
            .Should().Be(Parse("rotate"));

    [Fact]
    public void Parse_UnknownOptions_AreIgnoredAndNamed()
    {
        ResolvConf resolvConf = ResolvConf.Parse("options debug ndots:x weird:7 rotate retrans:");

        resolvConf.UnknownOptions.Should().Equal("debug", "ndots:x", "weird:7", "retrans:");
        resolvConf.Options.RotateServers.Should().BeTrue("what comes after an unknown option still counts");
    }

    [Fact]
    public void Parse_VeryManyUnknownOptions_NamesAFewOfThemShortened()
    {
        ResolvConf resolvConf = ResolvConf.Parse("options " + string.Join(' ', Enumerable.Range(0, 1000).Select(i => $"{new string('x', 200)}{i}")));

        resolvConf.UnknownOptions.Should().HaveCount(8).And.OnlyContain(option => option.Length == 64);
    }

    [Fact]
    public void Parse_SeveralOptionsLines_AddUp()
    {
        ResolvConfOptions options = ResolvConf.Parse("options ndots:2 rotate\noptions timeout:3\noptions ndots:4").Options;

        (options.Ndots, options.RotateServers, options.AttemptTimeout).Should().Be((4, true, TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public void WithEnvironment_ResOptions_WinsOverTheFile()
    {
        ResolvConfOptions options = ResolvConf.Parse("options ndots:2 timeout:3").WithEnvironment("ndots:5 no-aaaa", localDomain: null).Options;

        (options.Ndots, options.AttemptTimeout, options.NoAaaa).Should().Be((5, TimeSpan.FromSeconds(3), true));
    }

    [Theory]
    [InlineData(null, "a.test b.test")]
    [InlineData("c.test", "c.test")]
    [InlineData("c.test d.test.", "c.test d.test")]
    [InlineData("", "")]
    [InlineData("  ", "")]
    public void WithEnvironment_LocalDomain_ReplacesTheSuffixes(string? localDomain, string expected)
    {
        ResolvConf resolvConf = ResolvConf.Parse("search a.test b.test\nnameserver 192.0.2.1").WithEnvironment(resOptions: null, localDomain);

        ResolvConfTests.Join(resolvConf.SearchDomains).Should().Be(expected);
        resolvConf.Servers.Should().ContainSingle();
    }

    private static ResolvConfOptions Parse(string options) => ResolvConf.Parse($"options {options}\n").Options;
}
