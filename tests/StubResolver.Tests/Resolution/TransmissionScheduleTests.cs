using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public sealed class TransmissionScheduleTests
{
    private const int Rounds = 3;

    private static readonly TimeSpan s_listenTime = TimeSpan.FromSeconds(5);
    private static readonly ServerProgress s_fresh = default(ServerProgress) with { UdpSent = 0 };
    private static readonly ServerProgress s_exhausted = new() { UdpSent = 3 };
    private static readonly ServerProgress s_done = new() { IsDone = true };

    [Fact]
    public void GetNext_Start_SendsToTheFirstServer() =>
        Next(At(0, 0), s_fresh, s_fresh).Should().Be(new ScheduleStep(ScheduleStepKind.Send, Server: 0, Round: 0, Udp: true));

    [Fact]
    public void GetNext_TryUnderWay_Waits() =>
        Next(At(0, 1) with { NextSendAt = Ms(1_000), Outstanding = 1 }, s_fresh, s_fresh).Should().Be(new ScheduleStep(ScheduleStepKind.Wait, Ms(1_000)));

    [Fact]
    public void GetNext_TimerOfTheTryOver_SendsToTheNextServer() =>
        Next(At(0, 1) with { HasWaited = true, Outstanding = 1 }, s_fresh, s_fresh)
            .Should().Be(new ScheduleStep(ScheduleStepKind.Send, Server: 1, Round: 0, Udp: true));

    [Fact]
    public void GetNext_EndOfARoundThatWaited_BeginsTheNextAtOnce() =>
        Next(At(0, 2) with { HasWaited = true, Outstanding = 2 }, s_fresh, s_fresh)
            .Should().Be(new ScheduleStep(ScheduleStepKind.Send, Server: 0, Round: 1, Udp: true));

    [Fact]
    public void GetNext_EndOfARoundThatWaitedForNobody_Pauses() =>
        Next(At(1, 2), s_fresh, s_fresh).Should().Be(new ScheduleStep(ScheduleStepKind.Pause, Round: 1));

    [Fact]
    public void GetNext_ServerThatSaidItsLastWord_IsLeftOut() =>
        Next(At(0, 0), s_done, s_fresh).Should().Be(new ScheduleStep(ScheduleStepKind.Send, Server: 1, Round: 0, Udp: true));

    [Fact]
    public void GetNext_AllSaidTheirLastWord_FailsAtOnce() => Next(At(0, 2), s_done, s_done).Kind.Should().Be(ScheduleStepKind.Fail);

    [Fact]
    public void GetNext_AllRoundsOver_ListensAttemptTimeoutAfterTheLastTransmission() =>
        Next(At(2, 2) with { HasWaited = true, Outstanding = 1, LastSentAt = Ms(-1_000) }, s_exhausted, s_exhausted)
            .Should().Be(new ScheduleStep(ScheduleStepKind.Wait, Ms(4_000)));

    [Fact]
    public void GetNext_ListenedLongEnough_Fails() =>
        Next(At(2, 2) with { HasWaited = true, Outstanding = 1, LastSentAt = Ms(-5_000) }, s_exhausted, s_exhausted).Kind.Should().Be(ScheduleStepKind.Fail);

    [Fact]
    public void GetNext_NothingOutstandingAtTheEnd_FailsAtOnce() =>
        Next(At(2, 2) with { HasWaited = true, Outstanding = 0 }, s_exhausted, s_exhausted).Kind.Should().Be(ScheduleStepKind.Fail);

    [Fact]
    public void GetNext_ThreeDatagramsSent_NoFourthHoweverManyRounds() =>
        TransmissionSchedule.GetNext(At(3, 0) with { HasWaited = true, Outstanding = 1 }, [s_exhausted], rounds: 10, s_listenTime, TimeSpan.Zero)
            .Kind.Should().Be(ScheduleStepKind.Wait);

    [Theory]
    [InlineData(0, "Udp")]
    [InlineData(1, "Udp")]
    [InlineData(2, "Udp+Tcp")]
    public void ChooseProtocols_SilentServer_TcpBesideUdpInTheThirdRound(int round, string expected) =>
        Choose(new ServerProgress { WasSilent = true, UdpSent = round }, round).Should().Be(expected);

    [Fact]
    public void ChooseProtocols_ServerThatSpoke_NoTcpBesideUdp() =>
        Choose(new ServerProgress { WasSilent = true, HasSpoken = true, UdpSent = 2 }, 2).Should().Be("Udp");

    [Fact]
    public void ChooseProtocols_TcpSentBefore_NotTwice() =>
        Choose(new ServerProgress { WasSilent = true, UdpSent = 2, TcpSent = 1 }, 2).Should().Be("Udp");

    [Theory]
    [InlineData(0, 0, "Tcp")]
    [InlineData(1, 1, "Udp")]
    public void ChooseProtocols_UdpWasSilentLately_TcpFirst(int round, int tcpSent, string expected) =>
        Choose(new ServerProgress { PrefersTcp = true, TcpSent = tcpSent }, round).Should().Be(expected);

    [Fact]
    public void ChooseProtocols_TcpServer_NeverUdp()
    {
        Choose(new ServerProgress { IsTcpServer = true }, 0).Should().Be("Tcp");
        Choose(new ServerProgress { IsTcpServer = true, TcpSent = 1, TcpOutstanding = 1 }, 1).Should().Be("", "one waits already");
        Choose(new ServerProgress { IsTcpServer = true, TcpSent = 1 }, 1).Should().Be("Tcp");
    }

    [Fact]
    public void ChooseProtocols_TruncatedBefore_OnlyTcpOnce()
    {
        Choose(new ServerProgress { NeedsTcp = true }, 0).Should().Be("Tcp");
        new ServerProgress { NeedsTcp = true, TcpSent = 1 }.MayTry.Should().BeFalse();
    }

    [Fact]
    public void GetNext_WholeLifeOfAQuestionTwoSilentServers_FollowsTheRounds()
    {
        ServerProgress[] servers = [s_fresh, s_fresh];
        ScheduleState state = At(0, 0);
        List<string> sent = [];
        for (TimeSpan now = TimeSpan.Zero; ;)
        {
            ScheduleStep step = TransmissionSchedule.GetNext(state, servers, Rounds, s_listenTime, now);
            if (step.Kind == ScheduleStepKind.Fail)
            {
                sent.Add($"{now.TotalSeconds} s: fail");
                break;
            }

            if (step.Kind == ScheduleStepKind.Wait)
            {
                now = step.Until;
                state = state with { HasWaited = true };
                continue;
            }

            sent.Add($"{now.TotalSeconds} s: {step.Server} {(step.Udp ? "Udp" : "")}{(step.Tcp ? "+Tcp" : "")}");
            servers[step.Server].UdpSent++;
            servers[step.Server].TcpSent += step.Tcp ? 1 : 0;
            servers[step.Server].WasSilent = true;
            state = state with
            {
                Round = step.Round,
                Position = step.Server + 1,
                LastSentAt = now,
                Outstanding = state.Outstanding + 1,
                NextSendAt = now + RetryTimer.GetTimeout(TimeSpan.Zero, 0, step.Round, s_listenTime, chance: 0),
            };
        }

        sent.Should().Equal("0 s: 0 Udp", "1 s: 1 Udp", "2 s: 0 Udp", "4 s: 1 Udp", "6 s: 0 Udp+Tcp", "10 s: 1 Udp+Tcp", "15 s: fail");
    }

    private static ScheduleStep Next(in ScheduleState state, params ServerProgress[] servers) =>
        TransmissionSchedule.GetNext(state, servers, Rounds, s_listenTime, TimeSpan.Zero);

    private static ScheduleState At(int round, int position) => new(round, position, TimeSpan.Zero, TimeSpan.Zero, 0, HasWaited: false);

    private static string Choose(in ServerProgress server, int round)
    {
        (bool udp, bool tcp) = TransmissionSchedule.ChooseProtocols(server, round);
        return string.Join('+', new[] { udp ? "Udp" : null, tcp ? "Tcp" : null }.OfType<string>());
    }

    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
