using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public class HostNameTests
{
    [Theory]
    [InlineData("a.test")]
    [InlineData("A-1.Example")]
    [InlineData("_sip._tcp.a.test")]
    [InlineData("a_b.test")]
    [InlineData("host")]
    [InlineData("1.2.0.192.in-addr.arpa")]
    [InlineData("xn--bcher-kva.example")]
    [InlineData(".")]
    public void IsValid_HostName_IsTrue(string name) => HostName.IsValid(name).Should().BeTrue("RFC 1123 §2.1");

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("<script>.test", "it would be markup")]
    [InlineData("a\\;rm.test", "it would be a command")]
    [InlineData("a\\032b.test", "a blank inside a label is escaped")]
    [InlineData("a\\.b.test", "a dot inside a label is escaped")]
    [InlineData("\\000.test", "NUL")]
    [InlineData("-oProxyCommand.test", "it would be an option of a command")]
    [InlineData("a-.test", "a label that ends in a hyphen")]
    [InlineData("a.test-", "a label that ends in a hyphen")]
    [InlineData("a..test", "an empty label")]
    [InlineData("192.0.2.1", "it would be an address")]
    [InlineData("a/b.test", "it would be a path")]
    [InlineData("\u00FCber.test", "names in messages are octets: this one is not of DNS")]
    public void IsValid_OtherName_IsFalse(string name, string because) => HostName.IsValid(name).Should().BeFalse(because);

    [Fact]
    public void IsTargetOf_RecordWithoutTarget_IsTrue() =>
        HostName.IsTargetOf(new DnsCNameRecord("a.test", TimeSpan.Zero, "<b>.test")).Should().BeTrue("an alias leads wherever it leads");
}
