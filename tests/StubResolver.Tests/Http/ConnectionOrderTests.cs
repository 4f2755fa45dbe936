using System.Net;
using System.Net.Sockets;

namespace StubResolver.Tests.Http;

public class ConnectionOrderTests
{
    private const string ThreeOfEach = "2001:db8::1,2001:db8::2,2001:db8::3,192.0.2.1,192.0.2.2,192.0.2.3";

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", "one address has no order")]
    [InlineData("2001:db8::1,2001:db8::2,192.0.2.1,192.0.2.2", "2001:db8::1,192.0.2.1,2001:db8::2,192.0.2.2", "families alternate")]
    [InlineData("192.0.2.1,192.0.2.2,2001:db8::1", "192.0.2.1,2001:db8::1,192.0.2.2", "the family of the first address begins")]
    [InlineData("2001:db8::1,192.0.2.1,192.0.2.2,192.0.2.3", "2001:db8::1,192.0.2.1,192.0.2.2,192.0.2.3", "the rest is of one family")]
    [InlineData("192.0.2.1,192.0.2.2", "192.0.2.1,192.0.2.2", "there is one family")]
    [InlineData("::ffff:192.0.2.1,2001:db8::1,192.0.2.2", "192.0.2.1,2001:db8::1,192.0.2.2", "an IPv4-mapped address is an IPv4 address")]
    public void Arrange_FirstTurn_Interleaves(string answer, string expected, string because) =>
        Arrange(answer).Should().Be(expected, because);

    [Theory]
    [InlineData(AddressFamily.InterNetwork, "192.0.2.1,2001:db8::1,192.0.2.2,2001:db8::2,192.0.2.3,2001:db8::3")]
    [InlineData(AddressFamily.InterNetworkV6, "2001:db8::1,192.0.2.1,2001:db8::2,192.0.2.2,2001:db8::3,192.0.2.3")]
    public void Arrange_PreferredFamily_BeginsWithIt(AddressFamily preferred, string expected) =>
        Arrange(ThreeOfEach, preferred).Should().Be(expected);

    [Theory]
    [InlineData(AddressFamily.InterNetworkV6, "192.0.2.1,192.0.2.2")]
    [InlineData(AddressFamily.InterNetwork, "2001:db8::1,2001:db8::2")]
    public void Arrange_PreferredFamilyIsMissing_KeepsTheOther(AddressFamily preferred, string answer) =>
        Arrange(answer, preferred).Should().Be(answer);

    [Theory]
    [InlineData(0, "2001:db8::1,192.0.2.1,2001:db8::2,192.0.2.2,2001:db8::3,192.0.2.3")]
    [InlineData(1, "2001:db8::2,192.0.2.2,2001:db8::3,192.0.2.3,2001:db8::1,192.0.2.1")]
    [InlineData(2, "2001:db8::3,192.0.2.3,2001:db8::1,192.0.2.1,2001:db8::2,192.0.2.2")]
    [InlineData(3, "2001:db8::1,192.0.2.1,2001:db8::2,192.0.2.2,2001:db8::3,192.0.2.3")]
    [InlineData(uint.MaxValue, "2001:db8::1,192.0.2.1,2001:db8::2,192.0.2.2,2001:db8::3,192.0.2.3")]
    public void Arrange_Turns_RotateEqualAddresses(uint turn, string expected) =>
        Arrange(ThreeOfEach, turn: turn).Should().Be(expected);

    [Theory]
    [InlineData("192.0.2.1,127.0.0.1", "another scope")]
    [InlineData("2001:db8::1,fd00::1", "another label")]
    [InlineData("127.0.0.1,192.0.2.1,127.0.0.2", "equals that are not neighbours")]
    public void Arrange_AddressesOfDifferentRank_KeepTheirOrder(string answer, string because) =>
        Arrange(answer, turn: 1).Should().Be(answer, because);

    [Theory]
    [InlineData("192.0.2.1,192.0.2.2,192.0.2.3", "192.0.2.1", 0, "192.0.2.2,192.0.2.3,192.0.2.1")]
    [InlineData("192.0.2.1,192.0.2.2,192.0.2.3", "192.0.2.1", 1, "192.0.2.3,192.0.2.2,192.0.2.1")]
    [InlineData("2001:db8::1,192.0.2.1,192.0.2.2", "2001:db8::1", 0, "192.0.2.1,192.0.2.2,2001:db8::1")]
    [InlineData("192.0.2.1,192.0.2.2", "192.0.2.1,192.0.2.2", 0, "192.0.2.1,192.0.2.2")]
    [InlineData("2001:db8::1,2001:db8::2,192.0.2.1,192.0.2.2", "2001:db8::1,192.0.2.1", 0, "2001:db8::2,192.0.2.2,2001:db8::1,192.0.2.1")]
    public void Arrange_AddressesThatRefused_ComeLast(string answer, string refusing, uint turn, string expected) =>
        Arrange(answer, turn: turn, isRefusing: address => refusing.Split(',').Contains(address.ToString())).Should().Be(expected);

    [Fact]
    public void Arrange_EveryTurnOfAWhileWithOneRefusing_SpreadsEvenly()
    {
        string[] firsts = [.. Enumerable.Range(0, 6).Select(turn =>
            Arrange("192.0.2.1,192.0.2.2,192.0.2.3", turn: (uint)turn, isRefusing: address => address.ToString() == "192.0.2.1").Split(',')[0])];

        firsts.GroupBy(first => first).Select(group => (group.Key, group.Count())).Should().BeEquivalentTo([("192.0.2.2", 3), ("192.0.2.3", 3)]);
    }

    private static string Arrange(
        string answer, AddressFamily preferred = AddressFamily.Unspecified, uint turn = 0, Func<IPAddress, bool>? isRefusing = null)
    {
        DnsAddressRecord[] records = [.. answer.Split(',').Select(text => new DnsAddressRecord("host.test", TimeSpan.Zero, IPAddress.Parse(text)))];
        return string.Join(',', ConnectionOrder.Arrange(records, preferred, turn, isRefusing).Select(address => address.ToString()));
    }
}
