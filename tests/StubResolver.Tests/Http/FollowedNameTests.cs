using System.Net;

namespace StubResolver.Tests.Http;

public class FollowedNameTests
{
    [Theory]
    [InlineData("192.0.2.1", 0, "192.0.2.1,192.0.2.2", 1, false, "the answer has it")]
    [InlineData("192.0.2.1", 0, "192.0.2.2", 1, true, "a later answer leaves it out")]
    [InlineData("192.0.2.1", 1, "192.0.2.2", 1, false, "the connect began after that answer")]
    [InlineData("192.0.2.1", 0, null, 0, false, "no answer came yet")]
    [InlineData("192.0.2.1", 0, "::ffff:192.0.2.1", 1, false, "the answer has the IPv4-mapped form")]
    [InlineData("fe80::1%7", 0, "fe80::1", 1, false, "answers have no zones")]
    public void HasLeft_Connection_ComparesWithLaterAnswers(string connected, int startedAt, string? answer, int answeredAt, bool expected, string because)
    {
        FollowedName name = new("host.test");
        OpenConnection connection = new("host.test", FollowedName.ToComparable(IPAddress.Parse(connected)), startedAt);
        if (answer is not null)
        {
            name.Update(new DnsAnswer<DnsAddressRecord>("host.test", [.. answer.Split(',').Select(ToRecord)]), answeredAt);
        }

        name.HasLeft(connection).Should().Be(expected, because);
    }

    [Theory]
    [InlineData("2001:db8::1", "192.0.2.1", false, "the family failed, and never said anything")]
    [InlineData("192.0.2.1", "192.0.2.2", true, "its family answered")]
    [InlineData("2001:db8::1", "192.0.2.2,2001:db8::2", true, "the family failed after it had left the address out")]
    public void HasLeft_PartialAnswer_SaysNothingAboutAFamilyThatNeverAnswered(string connected, string answer, bool expected, string because)
    {
        FollowedName name = new("host.test");
        name.Update(
            new DnsAnswer<DnsAddressRecord>("host.test", [.. answer.Split(',').Select(ToRecord)]) { PartialFailure = new DnsException(DnsError.Timeout, "host.test") },
            answeredAt: 1);

        name.HasLeft(new OpenConnection("host.test", IPAddress.Parse(connected), 0)).Should().Be(expected, because);
        name.IsNewTo(new OpenConnection("host.test", IPAddress.Parse(connected), 1)).Should().Be(expected, because);
    }

    [Theory]
    [InlineData("192.0.2.1", 1, "192.0.2.2", 1, true, "the answer is older and does not have it")]
    [InlineData("192.0.2.1", 0, "192.0.2.2", 1, false, "the answer is newer: the address has left")]
    [InlineData("192.0.2.1", 1, "192.0.2.1", 1, false, "the answer has it")]
    [InlineData("192.0.2.1", 0, null, 0, false, "an answer is still to come")]
    public void IsNewTo_Connection_ComparesWithEarlierAnswers(string connected, int startedAt, string? answer, int answeredAt, bool expected, string because)
    {
        FollowedName name = new("host.test");
        if (answer is not null)
        {
            name.Update(new DnsAnswer<DnsAddressRecord>("host.test", [ToRecord(answer)]), answeredAt);
        }

        name.IsNewTo(new OpenConnection("host.test", IPAddress.Parse(connected), startedAt)).Should().Be(expected, because);
    }

    private static DnsAddressRecord ToRecord(string address) => new("host.test", TimeSpan.Zero, IPAddress.Parse(address));
}
