using System.Net;
using Microsoft.Extensions.Time.Testing;
using StubResolver.Resolution;
using StubResolver.Transport;

namespace StubResolver.Tests.Resolution;

public sealed class CookieMemoryTests
{
    private static readonly IPAddress s_source = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress s_otherSource = IPAddress.Parse("192.0.2.2");
    private static readonly byte[] s_serverPart = [1, 2, 3, 4, 5, 6, 7, 8];

    private readonly FakeTimeProvider _time = new();
    private readonly RandomSource _random = new();
    private readonly CookieMemory _memory;

    public CookieMemoryTests() => _memory = new CookieMemory(_time);

    [Fact]
    public void Get_FirstQuery_IsAClientCookieNobodyMustRepeat()
    {
        byte[] cookie = Get();

        cookie.Should().HaveCount(8);
        _memory.IsKnown.Should().BeFalse();
        Get().Should().Equal(cookie, "one server and source have one cookie");
    }

    [Fact]
    public void Get_OtherServerOrSource_IsAnotherCookie()
    {
        byte[][] cookies = [Get(), Get(s_otherSource), new CookieMemory(_time).Get(s_source, _random).ToArray()];

        cookies.Select(Convert.ToHexString).Should().OnlyHaveUniqueItems("a cookie must not tell that two hosts are one (RFC 7873 §6)");
    }

    [Fact]
    public void Get_AfterADay_IsAnotherCookie()
    {
        byte[] first = Get();

        _time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromTicks(1));
        Get().Should().Equal(first);
        _time.Advance(TimeSpan.FromTicks(1));

        Get().Should().HaveCount(8).And.NotEqual(first);
    }

    [Fact]
    public void OnReply_ServerCookie_IsSentAndWantedFromThenOn()
    {
        byte[] reply = [.. Get(), .. s_serverPart];

        _memory.OnReply(Get(), reply);

        Get().Should().Equal(reply);
        _memory.IsKnown.Should().BeTrue();
    }

    [Fact]
    public void OnReply_EchoOfTheClientCookie_ShowsNothing()
    {
        _memory.OnReply(Get(), Get());

        _memory.IsKnown.Should().BeFalse("some servers repeat any option");
    }

    [Fact]
    public void OnReply_CookieOfAnotherClient_ShowsNothing()
    {
        byte[] cookie = Get();

        _memory.OnReply(cookie, new byte[16]);

        _memory.IsKnown.Should().BeFalse();
        Get().Should().Equal(cookie);
    }

    [Fact]
    public void OnReply_NoCookieEightTimesInARow_AsksWithoutForAnHour()
    {
        byte[] cookie = Get();
        for (int i = 0; i < 7; i++)
        {
            _memory.OnReply(cookie, []);
        }

        Get().Should().Equal(cookie, "the server may learn cookies");
        _memory.OnReply(cookie, []);

        Get().Should().BeEmpty();
        _time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Get().Should().BeEmpty();
        _time.Advance(TimeSpan.FromTicks(1));
        Get().Should().Equal(cookie);
    }

    [Fact]
    public void OnReply_ServerCookieBetweenMisses_BeginsTheCountAnew()
    {
        for (int i = 0; i < 20; i++)
        {
            _memory.OnReply(Get(), i % 7 == 6 ? [.. Get().AsSpan(0, 8), .. s_serverPart] : []);
        }

        Get().Should().NotBeEmpty();
    }

    [Fact]
    public void OnMissingOverUdp_ServerKnewCookies_AsksWithoutForAnHourAndForgets()
    {
        _memory.OnReply(Get(), [.. Get(), .. s_serverPart]);

        _memory.OnMissingOverUdp();

        Get().Should().BeEmpty();
        _memory.IsKnown.Should().BeFalse();
        _time.Advance(TimeSpan.FromHours(1));
        Get().Should().NotBeEmpty();
    }

    [Fact]
    public void OnReply_ForTheSourceBefore_IsNotTaken()
    {
        byte[] old = Get();
        byte[] current = Get(s_otherSource);

        _memory.OnReply(old, [.. old, .. s_serverPart]);

        Get(s_otherSource).Should().Equal(current, "a server cookie is bound to the address it was given to");
        _memory.IsKnown.Should().BeTrue("the server knows cookies all the same");
    }

    private byte[] Get(IPAddress? source = null) => _memory.Get(source ?? s_source, _random).ToArray();
}
