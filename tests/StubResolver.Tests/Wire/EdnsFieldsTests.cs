using StubResolver.Wire;

namespace StubResolver.Tests.Wire;

public class EdnsFieldsTests
{
    [Fact]
    public void TryRead_NoOptions_SaysNothing()
    {
        EdnsFields edns = Parse("00 0029 04D0 00010000 0000");

        edns.Cookie.IsEmpty.Should().BeTrue();
        edns.TcpKeepalive.Should().BeNull();
        edns.ExtendedErrors.Should().BeEmpty();
    }

    [Fact]
    public void TryRead_AllOptions_AreRead()
    {
        EdnsFields edns = Parse("00 0029 FFFF 00008000 002A"
            + "FDE9 0001 FF 000A 0010 0102030405060708 1112131415161718 000B 0002 0064 000F 0007 0016 6C6F7374 00");

        edns.Cookie.ToArray().Should().Equal(Hex.Decode("0102030405060708 1112131415161718"));
        edns.TcpKeepalive.Should().Be(TimeSpan.FromSeconds(10), "the unit is 100 ms (RFC 7828 §3.1)");
        edns.ExtendedErrors.Should().Equal(new DnsExtendedError(22, "lost"));
    }

    [Fact]
    public void TryRead_SeveralCookies_FirstCounts()
    {
        EdnsFields edns = Parse("00 0029 04D0 00000000 0018 000A 0008 0101010101010101 000A 0008 0202020202020202");

        edns.Cookie.ToArray().Should().Equal(Hex.Decode("0101010101010101"));
    }

    [Fact]
    public void TryRead_EmptyKeepalive_IsNoTime() => Parse("00 0029 04D0 00000000 0004 000B 0000").TcpKeepalive.Should().BeNull();

    [Fact]
    public void TryRead_SeveralExtendedErrors_KeepOrderAndText()
    {
        EdnsFields edns = Parse("00 0029 04D0 00000000 0015 000F 0002 0003 000F 0004 FFFF C3BC 000F 0003 0001 00");

        edns.ExtendedErrors.Should().Equal(new DnsExtendedError(3), new DnsExtendedError(65535, "ü"), new DnsExtendedError(1));
    }

    private static EdnsFields Parse(string optHex)
    {
        Response.TryParse(Hex.Decode(Messages.Reply(additional: optHex)), "www.test", out Response? response).Should().BeTrue();
        return response!.Edns!;
    }
}
