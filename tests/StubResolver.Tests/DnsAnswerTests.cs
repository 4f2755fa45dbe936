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

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Records_AnyNumber_AreAllThereInOrder(int count)
    {
        DnsAddressRecord[] records = [.. Enumerable.Range(0, count).Select(i => new DnsAddressRecord($"n{i}.test", TimeSpan.Zero, IPAddress.Loopback))];

        IReadOnlyList<DnsAddressRecord> kept = new DnsAnswer<DnsAddressRecord>("a.test", records).Records;

        kept.Should().Equal(records);
        Enumerable.Range(0, kept.Count).Select(i => kept[i]).Should().Equal(records);
        kept.Invoking(list => list[count]).Should().Throw<ArgumentOutOfRangeException>();
        kept.Invoking(list => list[-1]).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Records_Cast_CannotBeWritten(int count)
    {
        DnsAnswer<DnsAddressRecord> answer = new("a.test", [.. Enumerable.Repeat(s_record, count)]);

        (answer.Records is DnsAddressRecord[] or List<DnsAddressRecord> or IList<DnsAddressRecord> { IsReadOnly: false })
            .Should().BeFalse("a cast must not reach the cache");
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

    [Fact]
    public void ToString_Answer_IsTheAnswerSectionOnOneLine()
    {
        DnsAddressRecord[] records = [new("a.test", TimeSpan.FromSeconds(30), IPAddress.Parse("192.0.2.1")), new("a.test", TimeSpan.FromSeconds(30), IPAddress.Parse("2001:db8::1"))];

        new DnsAnswer<DnsAddressRecord>("a.test", records).ToString().Should().Be($"{records[0]}; {records[1]}");
        new DnsAnswer<DnsAddressRecord>("a.test", records) { IsStale = true, PartialFailure = new DnsException(DnsError.Timeout, "a.test") }.ToString()
            .Should().EndWith("2001:db8::1 (stale) (partial: Timeout)");
        new DnsAnswer<DnsAddressRecord>("a.test", []) { ResponseCode = DnsResponseCode.NxDomain }.ToString().Should().Be("a.test: NxDomain, no records");
    }

    [Fact]
    public void GetAddresses_Answer_IsACopyInOrder()
    {
        DnsAnswer<DnsAddressRecord> answer = new("a.test", [new("a.test", TimeSpan.Zero, IPAddress.Parse("192.0.2.2")), new("a.test", TimeSpan.Zero, IPAddress.Parse("192.0.2.1"))]);

        answer.GetAddresses().Should().Equal(IPAddress.Parse("192.0.2.2"), IPAddress.Parse("192.0.2.1"));
        answer.GetAddresses().Should().NotBeSameAs(answer.GetAddresses());
    }
}
