using StubResolver.Testing;
using StubResolver.Transport;

namespace StubResolver.Tests.Transport;

/// <summary>When connections that nobody needs, or that are old, are closed.</summary>
public sealed class TcpConnectionEndTests : TransportTestBase
{
    [Fact]
    public async Task Idle_FiveSeconds_ClosesTheConnection()
    {
        await AskAsync(TcpRequest());

        Time.Advance(TimeSpan.FromMilliseconds(4999));
        Server.OpenConnectionCount.Should().Be(1);
        Time.Advance(TimeSpan.FromMilliseconds(1));

        await Server.WaitForOpenConnectionsAsync(0, Guard);
    }

    [Fact]
    public async Task Idle_KeepaliveOption_IsAskedForAndObeyed()
    {
        Server.On("a.test", (_, response) => response.Keepalive(TimeSpan.FromSeconds(20)));
        await AskAsync(TcpRequest());

        Time.Advance(TimeSpan.FromSeconds(19));
        await AskAsync(TcpRequest());
        Time.Advance(TimeSpan.FromSeconds(20));
        await Server.WaitForOpenConnectionsAsync(0, Guard);

        Server.ConnectionCount.Should().Be(1);
        Server.Queries[0].EdnsOption(11).Should().NotBeNull("the client asks with an empty option (RFC 7828 §3.2.1)");
    }

    [Fact]
    public async Task Idle_KeepaliveZero_ClosesAfterWhatIsUnderWay()
    {
        TaskCompletionSource gate = new();
        Server.On("a.test", (_, response) => response.Keepalive(TimeSpan.Zero));
        Server.On("b.test", (_, response) => response.DelayUntil(gate.Task));
        ITransmission underWay = Transport.Send(TcpRequest("b.test", tag: 1), Sink);
        await Server.WaitForQueriesAsync(1, Guard);
        await AskAsync(TcpRequest("a.test", tag: 2));
        await AskAsync(TcpRequest("a.test", tag: 3));
        Server.ConnectionCount.Should().Be(2, "the first one takes no more queries");

        gate.SetResult();
        (await Sink.NextAsync()).Tag.Should().Be(1);
        await Server.WaitForOpenConnectionsAsync(0, Guard);

        underWay.Stop();
    }

    [Fact]
    public async Task Life_AMinuteOfUse_IsFollowedByAnotherConnection()
    {
        for (int seconds = 0; seconds <= 76; seconds += 4)
        {
            await AskAsync(TcpRequest());
            Time.Advance(TimeSpan.FromSeconds(4));
        }

        Server.ConnectionCount.Should().Be(2);
        await Server.WaitForOpenConnectionsAsync(1, Guard);
    }

    [Fact]
    public async Task ResetConnections_IdleOne_ClosesAtOnce()
    {
        await AskAsync(TcpRequest());

        Transport.ResetConnections();
        await Server.WaitForOpenConnectionsAsync(0, Guard);
        await AskAsync(TcpRequest());

        Server.ConnectionCount.Should().Be(2);
    }
}
