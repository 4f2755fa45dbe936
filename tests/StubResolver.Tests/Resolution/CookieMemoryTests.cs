using System.Net;
using Microsoft.Extensions.Time.Testing;
using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public sealed class CookieMemoryTests
{
    private static readonly IPAddress s_server = IPAddress.Parse("192.0.2.53");
    private static readonly IPAddress s_source = IPAddress.Parse("192.0.2.1");
    private static readonly byte[] s_key = [.. Enumerable.Range(0, 32).Select(value => (byte)value)];

    private readonly FakeTimeProvider _time = new();
    private readonly CookieMemory _memory;

    public CookieMemoryTests() => _memory = new CookieMemory(_time);

    [Fact]
    public void Get_FirstQuery_IsAClientCookieNobodyMustRepeat()
    {
        (byte[] cookie, bool isRequired) = Get();

        cookie.Should().HaveCount(8);
        isRequired.Should().BeFalse();
        Get().Cookie.Should().Equal(cookie, "one server and source have one cookie");
    }

    [Fact]
    public void Get_OtherServerSourceOrKey_IsAnotherCookie()
    {
        byte[][] cookies =
        [
            Get().Cookie,
            _memory.Get(s_key, s_server, IPAddress.Parse("192.0.2.2")).Cookie.ToArray(),
            new CookieMemory(_time).Get(s_key, IPAddress.Parse("192.0.2.54"), s_source).Cookie.ToArray(),
            new CookieMemory(_time).Get([.. s_key.Reverse()], s_server, s_source).Cookie.ToArray(),
        ];

        cookies.Select(Convert.ToHexString).Should().OnlyHaveUniqueItems("a cookie must not tell that two hosts are one (RFC 7873 §6)");
    }

    [Fact]
    public void OnReply_ServerCookie_IsSentFromThenOn()
    {
        byte[] reply = Echo(1, 2, 3, 4, 5, 6, 7, 8);

        _memory.OnReply(reply);

        Get().Cookie.Should().Equal(reply);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(33)]
    public void OnReply_ServerCookieOfWrongLength_IsNotSentBack(int length)
    {
        byte[] client = Get().Cookie;

        _memory.OnReply([.. client, .. new byte[length]]);

        Get().Cookie.Should().Equal(client, "a server cookie has 8 to 32 octets (RFC 7873 §4.2)");
    }

    [Fact]
    public void Get_AfterAnEcho_RequiresItFor120Seconds()
    {
        _memory.OnReply(Echo());

        _time.Advance(TimeSpan.FromSeconds(119));
        Get().IsRequired.Should().BeTrue();
        _memory.OnReply(Echo());
        _time.Advance(TimeSpan.FromSeconds(119));
        Get().IsRequired.Should().BeTrue("each echo counts anew");
        _time.Advance(TimeSpan.FromSeconds(1));
        Get().IsRequired.Should().BeFalse();
    }

    [Fact]
    public void OnReply_NoCookieAfterAnEcho_IsPlainForFiveMinutes()
    {
        _memory.OnReply(Echo());
        _time.Advance(TimeSpan.FromSeconds(120));

        _memory.OnReply([]);

        Get().Cookie.Should().BeEmpty();
        _time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        Get().Cookie.Should().BeEmpty();
        _time.Advance(TimeSpan.FromTicks(1));
        Get().Cookie.Should().HaveCount(8);
    }

    [Fact]
    public void OnReply_NoCookieEver_GoesOnOffering()
    {
        Get();

        _memory.OnReply([]);

        Get().Cookie.Should().HaveCount(8, "the server may learn cookies");
    }

    [Fact]
    public void OnReply_ForTheSourceBefore_IsNotTaken()
    {
        byte[] old = Echo(1, 2, 3, 4, 5, 6, 7, 8);
        byte[] current = _memory.Get(s_key, s_server, IPAddress.Parse("192.0.2.2")).Cookie.ToArray();

        _memory.OnReply(old);

        (ReadOnlyMemory<byte> cookie, bool isRequired) = _memory.Get(s_key, s_server, IPAddress.Parse("192.0.2.2"));
        cookie.ToArray().Should().Equal(current, "a server cookie is bound to the address it was given to");
        isRequired.Should().BeFalse();
    }

    private (byte[] Cookie, bool IsRequired) Get()
    {
        (ReadOnlyMemory<byte> cookie, bool isRequired) = _memory.Get(s_key, s_server, s_source);
        return (cookie.ToArray(), isRequired);
    }

    private byte[] Echo(params byte[] serverPart) => [.. Get().Cookie[..8], .. serverPart];
}
