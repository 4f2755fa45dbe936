using System.Net.WebSockets;
using System.Text;
using ClientSamples;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace StubResolver.Samples.Tests;

public sealed class WebSocketClientTests : SampleTestBase
{
    [Fact]
    public async Task ConnectAsync_NameOfALocalServer_CarriesMessages()
    {
        LocalWebServer server = Own(await LocalWebServer.StartAsync(application =>
        {
            application.UseWebSockets();
            application.Run(EchoAsync);
        }));
        Dns.AddAddress("socket.test", "127.0.0.1");
        using CancellationTokenSource guard = new(Guard);
        using WebSocketClient client = new(Resolver);
        byte[] buffer = new byte[16];

        using ClientWebSocket socket = await client.ConnectAsync(new Uri($"ws://socket.test:{server.Port}/"), guard.Token);
        await socket.SendAsync("found"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, guard.Token);
        WebSocketReceiveResult received = await socket.ReceiveAsync(buffer, guard.Token);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, guard.Token);

        Encoding.ASCII.GetString(buffer, 0, received.Count).Should().Be("found");
        Count("socket.test", DnsRecordType.A).Should().BePositive();
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        byte[] buffer = new byte[16];
        WebSocketReceiveResult received = await socket.ReceiveAsync(buffer, context.RequestAborted);
        await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, context.RequestAborted);
        await socket.ReceiveAsync(buffer, context.RequestAborted);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
    }
}
