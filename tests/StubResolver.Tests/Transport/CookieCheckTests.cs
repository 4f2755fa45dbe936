using StubResolver.Transport;
using StubResolver.Wire;

namespace StubResolver.Tests.Transport;

public sealed class CookieCheckTests
{
    private const string Client = "0102030405060708";
    private const string Full = Client + "A1A2A3A4A5A6A7A8";
    private const string OtherServerPart = Client + "B1B2B3B4B5B6B7B8";
    private const string Foreign = "F1F2F3F4F5F6F7F8A1A2A3A4A5A6A7A8";

    [Theory]
    [InlineData("", true, "", "no cookie was sent")]
    [InlineData("", true, Foreign, "what was not sent is not compared")]
    [InlineData(Client, false, "", "the server need not know cookies")]
    [InlineData(Client, false, Client, "it only repeats options")]
    [InlineData(Client, false, Foreign, "a forwarder that hands out the cookies of others is no forger: a forger would leave the cookie out")]
    [InlineData(Client, true, Full, "it repeats ours and adds its own")]
    [InlineData(Full, true, OtherServerPart, "the server may change its part")]
    public void IsAcceptable_ReplyThatNeedNotOrDoesRepeatTheCookie_IsTrue(string sent, bool isKnown, string received, string because) =>
        IsAcceptable(sent, isKnown, Reply(received)).Should().BeTrue(because);

    [Theory]
    [InlineData(Client, "", "this server is known to repeat them")]
    [InlineData(Full, "", "this server is known to repeat them")]
    [InlineData(Full, Client, "the server's part is missing")]
    [InlineData(Client, Foreign, "whoever wrote it has not seen the query")]
    [InlineData(Full, Foreign, "the server part proves nothing")]
    public void IsAcceptable_ServerKnowsCookiesAndTheReplyIsOff_IsFalse(string sent, string received, string because) =>
        IsAcceptable(sent, isKnown: true, Reply(received)).Should().BeFalse(because);

    [Theory]
    [InlineData(1, true, "FORMERR")]
    [InlineData(2, true, "SERVFAIL")]
    [InlineData(5, true, "REFUSED")]
    [InlineData(0, false, "an answer")]
    [InlineData(3, false, "NXDOMAIN")]
    public void IsAcceptable_ReplyWithoutOpt_IsTrueForErrorsOnly(byte code, bool expected, string because)
    {
        byte[] message = [0, 1, 0x81, (byte)(0x80 | code), 0, 0, 0, 0, 0, 0, 0, 0];

        IsAcceptable(Full, isKnown: true, Parse(message)).Should().Be(expected, because);
    }

    private static bool IsAcceptable(string sent, bool isKnown, Response response) =>
        CookieCheck.IsAcceptable(Convert.FromHexString(sent), isKnown, response);

    // A reply without records, but for OPT with a cookie, where there is one.
    private static Response Reply(string cookieHex)
    {
        byte[] cookie = Convert.FromHexString(cookieHex);
        byte[] option = cookie.Length == 0 ? [] : [0, 10, 0, (byte)cookie.Length, .. cookie];
        return Parse([0, 1, 0x81, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 41, 0x04, 0xD0, 0, 0, 0, 0, 0, (byte)option.Length, .. option]);
    }

    private static Response Parse(byte[] message)
    {
        Response.TryParse(message, "a.test", out Response? response).Should().BeTrue();
        return response!;
    }
}
