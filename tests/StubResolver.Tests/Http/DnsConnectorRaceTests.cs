using System.Net.Sockets;

namespace StubResolver.Tests.Http;

/// <summary>RFC 8305 §5: who is tried when, who wins, and what becomes of the others.</summary>
public class DnsConnectorRaceTests : DnsConnectorTestBase
{
    [Fact]
    public async Task ConnectAsync_FirstConnects_TriesNoOther()
    {
        Task<Socket> connect = ConnectAsync("host.test");
        (await Dialer.NextAsync(First)).Succeed();

        Socket socket = await connect;

        Dialer.OpenSockets.Should().Equal(socket);
        Dialer.Count.Should().Be(1);
    }

    [Fact]
    public async Task ConnectAsync_FirstIsSilent_TriesTheNextBesideItAfterTheDelay()
    {
        Task<Socket> connect = ConnectAsync("host.test");
        ScriptedDialer.Attempt first = await Dialer.NextAsync(First);
        Time.Advance(TimeSpan.FromMilliseconds(249));
        int before = Dialer.Count;
        Time.Advance(TimeSpan.FromMilliseconds(1));
        ScriptedDialer.Attempt second = await Dialer.NextAsync(Second);
        bool wasCancelled = first.IsCancelled;

        second.Succeed();

        Dialer.OpenSockets.Should().Equal(await connect);
        (before, wasCancelled, first.IsCancelled).Should().Be((1, false, true));
    }

    [Fact]
    public async Task ConnectAsync_FirstIsSlow_WinsAllTheSame()
    {
        Task<Socket> connect = ConnectAsync("host.test");
        ScriptedDialer.Attempt first = await Dialer.NextAsync(First);
        Time.Advance(TimeSpan.FromMilliseconds(250));
        ScriptedDialer.Attempt second = await Dialer.NextAsync(Second);

        first.Succeed();

        Dialer.OpenSockets.Should().Equal(await connect);
        second.IsCancelled.Should().BeTrue();
    }

    [Fact]
    public async Task ConnectAsync_FirstFails_TriesTheNextAtOnce()
    {
        Task<Socket> connect = ConnectAsync("host.test");
        (await Dialer.NextAsync(First)).Fail(SocketError.ConnectionRefused);
        (await Dialer.NextAsync(Second)).Succeed();

        Socket socket = await connect;

        Dialer.OpenSockets.Should().Equal(socket);
    }

    [Fact]
    public async Task ConnectAsync_LaterOneFails_GoesOnWithTheFirst()
    {
        Task<Socket> connect = ConnectAsync("host.test");
        ScriptedDialer.Attempt first = await Dialer.NextAsync(First);
        Time.Advance(TimeSpan.FromMilliseconds(250));
        (await Dialer.NextAsync(Second)).Fail(SocketError.NetworkUnreachable);

        first.Succeed();

        Dialer.OpenSockets.Should().Equal(await connect);
    }

    [Fact]
    public async Task ConnectAsync_TwoConnectAtOnce_DisposesOneOfThem()
    {
        Dialer.IsDeaf = true;
        Task<Socket> connect = ConnectAsync("host.test");
        ScriptedDialer.Attempt first = await Dialer.NextAsync(First);
        Time.Advance(TimeSpan.FromMilliseconds(250));
        ScriptedDialer.Attempt second = await Dialer.NextAsync(Second);

        second.Succeed();
        first.Succeed();

        Dialer.OpenSockets.Should().Equal(await connect);
    }

    [Fact]
    public async Task ConnectAsync_AllFail_ThrowsTheFirstErrorAndNamesAll()
    {
        Task<Socket> connect = ConnectAsync("three.test");
        ScriptedDialer.Attempt first = await Dialer.NextAsync();
        Time.Advance(TimeSpan.FromMilliseconds(250));
        (await Dialer.NextAsync(Second)).Fail(SocketError.ConnectionRefused);
        (await Dialer.NextAsync()).Fail(SocketError.HostUnreachable);
        first.Fail(SocketError.NetworkUnreachable);

        SocketException exception = await ShouldFailAsync<SocketException>(connect);

        exception.SocketErrorCode.Should().Be(SocketError.ConnectionRefused, "it failed first");
        exception.Message.Should().Contain("'three.test' on port 443").And.ContainAll(First, Second, Third)
            .And.Contain($"{Second} {new SocketException((int)SocketError.ConnectionRefused).Message}");
    }

    [Theory]
    [InlineData(SocketError.ConnectionRefused)]
    [InlineData(SocketError.TooManyOpenSockets)]
    [InlineData(SocketError.AddressFamilyNotSupported)]
    public async Task ConnectAsync_OneAddressFails_ThrowsItsErrorAndNamesIt(SocketError error)
    {
        Task<Socket> connect = ConnectAsync("one.test");
        (await Dialer.NextAsync(Second)).Fail(error);

        SocketException exception = await ShouldFailAsync<SocketException>(connect);

        exception.SocketErrorCode.Should().Be(error);
        exception.Message.Should().Contain("'one.test' on port 443").And.Contain(Second);
    }

    [Fact]
    public async Task ConnectAsync_InfiniteDelay_TriesOneAfterTheOther()
    {
        Options.ConnectionAttemptDelay = Timeout.InfiniteTimeSpan;
        Task<Socket> connect = ConnectAsync("host.test");
        ScriptedDialer.Attempt first = await Dialer.NextAsync(First);
        Time.Advance(TimeSpan.FromDays(1));
        int before = Dialer.Count;

        first.Fail(SocketError.TimedOut);
        (await Dialer.NextAsync(Second)).Succeed();

        await connect;
        before.Should().Be(1);
    }

    [Fact]
    public async Task ConnectAsync_PreferredFamily_IsTriedFirst()
    {
        Options.PreferredFamily = AddressFamily.InterNetwork;

        Task<Socket> connect = ConnectAsync("host.test");

        (await Dialer.NextAsync(Second)).Succeed();
        await connect;
    }

    [Fact]
    public async Task ConnectAsync_AnswerOfManyAddresses_TriesSixtyFour()
    {
        Resolver.Add("many.test", [.. Enumerable.Range(0, 100).Select(i => $"192.0.2.{i}")]);
        Task<Socket> connect = ConnectAsync("many.test");
        for (int i = 0; i < 64; i++)
        {
            (await Dialer.NextAsync()).Fail(SocketError.ConnectionRefused);
        }

        await ShouldFailAsync<SocketException>(connect);

        Dialer.Count.Should().Be(64);
    }

    [Fact]
    public async Task ConnectAsync_CancelledInARace_ThrowsWithTheCallersTokenAndLeavesNothing()
    {
        using CancellationTokenSource caller = new();
        Task<Socket> connect = ConnectAsync("host.test", caller.Token);
        ScriptedDialer.Attempt first = await Dialer.NextAsync(First);
        Time.Advance(TimeSpan.FromMilliseconds(250));
        ScriptedDialer.Attempt second = await Dialer.NextAsync(Second);

        await caller.CancelAsync();

        (await ShouldFailAsync<OperationCanceledException>(connect)).CancellationToken.Should().Be(caller.Token);
        (first.IsCancelled, second.IsCancelled).Should().Be((true, true));
    }

    [Fact]
    public async Task ConnectAsync_AttemptThrowsSomethingElse_EndsTheRaceWithIt()
    {
        InvalidOperationException mistake = new("a mistake in ConfigureSocket");
        Task<Socket> connect = ConnectAsync("host.test");
        ScriptedDialer.Attempt first = await Dialer.NextAsync(First);
        Time.Advance(TimeSpan.FromMilliseconds(250));

        (await Dialer.NextAsync(Second)).Fail(mistake);

        (await ShouldFailAsync<InvalidOperationException>(connect)).Should().BeSameAs(mistake);
        first.IsCancelled.Should().BeTrue();
    }
}
