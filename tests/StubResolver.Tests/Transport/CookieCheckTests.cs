using StubResolver.Transport;
using StubResolver.Wire;

namespace StubResolver.Tests.Transport;

public sealed class CookieCheckTests
{
    private const string Sent = "0102030405060708";
    private const string WithServerPart = Sent + "A1A2A3A4A5A6A7A8";

    [Theory]
    [InlineData("", false, "", true, "no cookie was sent")]
    [InlineData("", false, "F1F2F3F4F5F6F7F8", true, "what was not sent is not compared")]
    [InlineData(Sent, false, "", true, "the server need not know cookies")]
    [InlineData(Sent, true, "", false, "this server is known to repeat them")]
    [InlineData(Sent, false, Sent, true, "the client cookie alone is enough")]
    [InlineData(Sent, true, WithServerPart, true, "the client cookie came back")]
    [InlineData(WithServerPart, true, Sent + "B1B2B3B4B5B6B7B8", true, "the server may change its part")]
    [InlineData(Sent, false, "F1F2F3F4F5F6F7F8", false, "whoever wrote it has not seen the query")]
    [InlineData(WithServerPart, false, "F1F2F3F4F5F6F7F8A1A2A3A4A5A6A7A8", false, "the server part proves nothing")]
    public void IsAcceptable_CookiesSentAndReceived_OnlyForeignClientCookiesAreForged(string sent, bool isRequired, string received, bool expected, string because)
    {
        EdnsFields? edns = received.Length == 0 ? null : Edns(Convert.FromHexString(received));

        CookieCheck.IsAcceptable(Convert.FromHexString(sent), isRequired, edns).Should().Be(expected, because);
    }

    // A reply without records, but for OPT with a cookie.
    private static EdnsFields Edns(byte[] cookie)
    {
        byte[] option = [0, 10, 0, (byte)cookie.Length, .. cookie];
        byte[] message = [0, 1, 0x81, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 41, 0x04, 0xD0, 0, 0, 0, 0, 0, (byte)option.Length, .. option];
        Response.TryParse(message, "a.test", out Response? response).Should().BeTrue();
        return response!.Edns!;
    }
}
