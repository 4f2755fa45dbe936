namespace StubResolver.Tests.Records;

public class DnsTxtRecordTests
{
    private static readonly TimeSpan s_ttl = TimeSpan.FromSeconds(60);

    [Fact]
    public void Equals_SameTextOfOtherOctets_IsFalse()
    {
        DnsTxtRecord latin = Create(1, 0xFC);
        DnsTxtRecord utf8 = Create(2, 0xC3, 0xBC);

        latin.Values.Should().Equal(utf8.Values, "the octet FC is no UTF-8");
        latin.Should().NotBe(utf8);
    }

    [Fact]
    public void Equals_FromTextAndFromOctets_IsTrue()
    {
        DnsTxtRecord fromText = new("a.test", s_ttl, ["ü", ""]);

        fromText.Should().Be(Create(2, 0xC3, 0xBC, 0));
        fromText.GetHashCode().Should().Be(Create(2, 0xC3, 0xBC, 0).GetHashCode());
    }

    [Theory]
    [InlineData("01FC", "\"\\252\"")]
    [InlineData("02C3BC", "\"\\195\\188\"")]
    [InlineData("0461225C7F", "\"a\\\"\\\\\\127\"")]
    [InlineData("00010A", "\"\" \"\\010\"")]
    [InlineData("", "\"\"")]
    public void ToString_AnyOctets_IsWhatZoneFilesHold(string dataHex, string expected) =>
        new DnsTxtRecord("a.test", s_ttl, Convert.FromHexString(dataHex)).ToString().Should().Be("a.test. 60 IN TXT " + expected, "RFC 1035 §5.1");

    [Fact]
    public void Data_TextOver255Octets_IsSplit()
    {
        DnsTxtRecord record = new("a.test", s_ttl, [new string('k', 300)]);

        record.Data.ToArray().Should().Equal([255, .. Enumerable.Repeat((byte)'k', 255), 45, .. Enumerable.Repeat((byte)'k', 45)]);
        record.Values.Should().Equal(new string('k', 300));
    }

    [Theory]
    [InlineData("00", "")]
    [InlineData("", "")]
    [InlineData("0161026263", "a|bc")]
    public void Values_FromOctets_AreTheStrings(string dataHex, string expected) =>
        new DnsTxtRecord("a.test", s_ttl, Convert.FromHexString(dataHex)).Values.Should().Equal(expected.Split('|'));

    [Theory]
    [InlineData("01")]
    [InlineData("0161FF")]
    public void Constructor_StringWithoutEnd_Throws(string dataHex)
    {
        Action act = () => _ = new DnsTxtRecord("a.test", s_ttl, Convert.FromHexString(dataHex));

        act.Should().Throw<ArgumentException>().WithParameterName("data");
    }

    [Fact]
    public void Data_NoStringAtAll_IsOneEmptyString() => new DnsTxtRecord("a.test", s_ttl, Array.Empty<string>()).Data.ToArray().Should().Equal(0);

    private static DnsTxtRecord Create(params byte[] data) => new("a.test", s_ttl, data);
}
