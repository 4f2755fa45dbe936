using StubResolver.Extensions.HttpClients;
using StubResolver.Testing;

namespace StubResolver.Extensions.Tests.HttpClients;

public class PrimaryHandlerTests
{
    [Theory]
    [InlineData("plain", nameof(DnsChoiceKind.System), nameof(HandlerAction.Leave))]
    [InlineData("plain", nameof(DnsChoiceKind.Resolver), nameof(HandlerAction.Connect))]
    [InlineData("plain", nameof(DnsChoiceKind.Following), nameof(HandlerAction.Follow))]
    [InlineData("ours", nameof(DnsChoiceKind.System), nameof(HandlerAction.Leave))]
    [InlineData("ours", nameof(DnsChoiceKind.Resolver), nameof(HandlerAction.KeepConnector))]
    [InlineData("ours", nameof(DnsChoiceKind.Following), nameof(HandlerAction.Follow))]
    [InlineData("callback", nameof(DnsChoiceKind.System), nameof(HandlerAction.Leave))]
    [InlineData("callback", nameof(DnsChoiceKind.Resolver), nameof(HandlerAction.KeepCallback))]
    [InlineData("callback", nameof(DnsChoiceKind.Following), nameof(HandlerAction.CannotFollow))]
    [InlineData("HttpClientHandler", nameof(DnsChoiceKind.System), nameof(HandlerAction.Leave))]
    [InlineData("HttpClientHandler", nameof(DnsChoiceKind.Resolver), nameof(HandlerAction.CannotConnect))]
    [InlineData("HttpClientHandler", nameof(DnsChoiceKind.Following), nameof(HandlerAction.CannotConnect))]
    [InlineData("foreign", nameof(DnsChoiceKind.Resolver), nameof(HandlerAction.CannotConnect))]
    [InlineData("following", nameof(DnsChoiceKind.System), nameof(HandlerAction.Leave))]
    [InlineData("following", nameof(DnsChoiceKind.Resolver), nameof(HandlerAction.KeepConnector))]
    [InlineData("following", nameof(DnsChoiceKind.Following), nameof(HandlerAction.KeepConnector))]
    [InlineData("open end", nameof(DnsChoiceKind.Resolver), nameof(HandlerAction.CannotConnect))]
    public void Decide_HandlerAndChoice_SaysWhatToDo(string handler, string choice, string expected)
    {
        using HttpMessageHandler primary = handler switch
        {
            "plain" => new SocketsHttpHandler(),
            "ours" => new SocketsHttpHandler().UseDnsResolver(new FakeDnsResolver()),
            "callback" => new SocketsHttpHandler { ConnectCallback = (_, _) => new ValueTask<Stream>(Stream.Null) },
            "HttpClientHandler" => new HttpClientHandler(),
            "following" => new DnsFollowingHandler(new FakeDnsResolver()),
            "open end" => new OpenEndedHandler(),
            _ => new ForeignHandler(),
        };

        PrimaryHandler.Find(primary).Decide(Enum.Parse<DnsChoiceKind>(choice)).Should().Be(Enum.Parse<HandlerAction>(expected));
    }

    [Fact]
    public void Find_WrappedTwice_IsTheInnermostAndTheOneAroundIt()
    {
        using SocketsHttpHandler innermost = new();
        using PassingHandler inner = new(innermost);
        using PassingHandler outer = new(inner);

        PrimaryHandler.Find(outer).Should().Be(new PrimaryHandler(innermost, inner));
        PrimaryHandler.Find(innermost).Should().Be(new PrimaryHandler(innermost, Outer: null));
    }

    private sealed class OpenEndedHandler : DelegatingHandler;
}
