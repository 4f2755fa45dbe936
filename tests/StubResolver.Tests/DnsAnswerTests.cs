using System.Net;

namespace StubResolver.Tests;

public sealed class DnsAnswerTests
{
    private static readonly DnsAddressRecord s_record = new("a.test", TimeSpan.FromSeconds(60), IPAddress.Loopback);

    [Fact]
    public void Constructor_OnlyNameAndRecords_TheRestHasDefaults()
    {
        DnsAnswer<DnsAddressRecord> answer = new("a.test", [s_record]);

        answer.Should().BeEquivalentTo(new
        {
            Name = "a.test",
            CanonicalName = "a.test",
            ResponseCode = DnsResponseCode.NoError,
            ExpiresAt = DateTimeOffset.MaxValue,
            IsStale = false,
            IsAuthenticated = false,
            Server = (DnsServer?)null,
            PartialFailure = (DnsException?)null,
        });
    }

    [Fact]
    public void Records_CallersArrayChanges_StayAsTheyWere()
    {
        DnsAddressRecord[] records = [s_record];
        DnsAnswer<DnsAddressRecord> answer = new("a.test", records);

        records[0] = new DnsAddressRecord("b.test", TimeSpan.Zero, IPAddress.IPv6Loopback);

        answer.Records.Should().Equal(s_record);
    }

    [Fact]
    public void Records_Cast_CannotBeWritten()
    {
        DnsAnswer<DnsAddressRecord> answer = new("a.test", [s_record]);

        (answer.Records is DnsAddressRecord[] or List<DnsAddressRecord>).Should().BeFalse("a cast must not reach the cache");
        Action write = () => ((IList<DnsAddressRecord>)answer.Records)[0] = s_record;
        write.Should().Throw<NotSupportedException>();
    }

    [Fact]
    public void Constructor_BadArguments_Throw()
    {
        Action empty = () => _ = new DnsAnswer<DnsAddressRecord>("", []);
        Action noName = () => _ = new DnsAnswer<DnsAddressRecord>(null!, []);
        Action noRecords = () => _ = new DnsAnswer<DnsAddressRecord>("a.test", null!);

        empty.Should().Throw<ArgumentException>();
        noName.Should().Throw<ArgumentNullException>();
        noRecords.Should().Throw<ArgumentNullException>();
    }
}
