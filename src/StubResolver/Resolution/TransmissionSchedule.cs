namespace StubResolver.Resolution;

/// <summary>Decides what a question sends next, to whom and when: rounds over the servers, then a last time to listen.</summary>
internal static class TransmissionSchedule
{
    /// <summary>From this round on TCP goes out beside UDP to a server that UDP left silent: a firewall may drop the one or the other.</summary>
    private const int FirstRoundWithTcp = 2;

    /// <param name="state">Where the question stands.</param>
    /// <param name="servers">What was done at each server, in the order they are asked.</param>
    /// <param name="rounds">How many rounds there are.</param>
    /// <param name="listenTime">How long to listen after the last transmission.</param>
    /// <param name="now">The time since the question's start.</param>
    public static ScheduleStep GetNext(in ScheduleState state, ServerProgress[] servers, int rounds, TimeSpan listenTime, TimeSpan now)
    {
        if (now < state.NextSendAt)
        {
            return new ScheduleStep(ScheduleStepKind.Wait, state.NextSendAt);
        }

        (int round, int position) = FindServer(state, servers, rounds);
        if (round >= rounds)
        {
            return Listen(state, listenTime, now);
        }

        if (round > state.Round && !state.HasWaited && state.LastSentAt >= TimeSpan.Zero)
        {
            return new ScheduleStep(ScheduleStepKind.Pause, Round: state.Round);
        }

        (bool udp, bool tcp) = ChooseProtocols(servers[position], round);
        return new ScheduleStep(ScheduleStepKind.Send, Server: position, Round: round, Udp: udp, Tcp: tcp);
    }

    /// <summary>Returns the protocols of one try.</summary>
    public static (bool Udp, bool Tcp) ChooseProtocols(in ServerProgress server, int round) => server switch
    {
        { IsTcpServer: true } or { NeedsTcp: true } => (false, server.MaySendTcp),
        { PrefersTcp: true, TcpSent: 0 } when round == 0 => (false, true),
        _ => (server.MaySendUdp, round >= FirstRoundWithTcp && server is { WasSilent: true, HasSpoken: false, MaySendTcp: true }),
    };

    private static (int Round, int Position) FindServer(in ScheduleState state, ServerProgress[] servers, int rounds)
    {
        int position = state.Position;
        for (int round = state.Round; round < rounds; round++, position = 0)
        {
            for (; position < servers.Length; position++)
            {
                if (servers[position].MayTry)
                {
                    return (round, position);
                }
            }
        }

        return (rounds, 0);
    }

    private static ScheduleStep Listen(in ScheduleState state, TimeSpan listenTime, TimeSpan now)
    {
        TimeSpan end = state.LastSentAt + listenTime;
        return state.Outstanding > 0 && now < end
            ? new ScheduleStep(ScheduleStepKind.Wait, end)
            : new ScheduleStep(ScheduleStepKind.Fail);
    }
}
