using StubResolver.Diagnostics;
using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <content>How a try is made.</content>
internal sealed partial class ServerRounds
{
    /// <summary>Begins a try at one server and sets its timer.</summary>
    private void Try(in ScheduleStep step)
    {
        bool isNewRound = step.Round > _state.Round;
        int server = step.Server;
        _tryServer = server;
        _tryFirstTag = _log.Count;
        bool isRepeat = _progress[server].UdpSent + _progress[server].TcpSent > 0;
        TimeSpan timeout = GetTimeout(server, step.Round);
        _isHedged = MayHedge(step, timeout);
        _state = _state with
        {
            Round = step.Round,
            Position = server + 1,
            HasWaited = !isNewRound && _state.HasWaited,
            NextSendAt = Now + (_isHedged ? _context.Settings.HedgeAfter!.Value : timeout),
        };

        _tryStartedAt = _now;
        if (isRepeat && !_servers[server].Retransmissions.TryTake())
        {
            WaitWithoutSending();
            return;
        }

        if (step.Udp)
        {
            Send(server, DnsProtocol.Udp);
        }

        if (step.Tcp)
        {
            Send(server, DnsProtocol.Tcp);
            _tryStartedAt = _context.Time.GetTimestamp(); // after it was queued
        }
    }

    // Too many were sent already: the try waits for what was sent before, where anything was.
    private void WaitWithoutSending()
    {
        if (_state.Outstanding == 0)
        {
            _tryServer = -1;
            _state = _state with { NextSendAt = Now };
        }
    }

    /// <summary>Makes one more transmission to the same server part of the try under way, with a timer of its own.</summary>
    private void Extend(int server, DnsProtocol protocol)
    {
        if (_control.IsStraggler)
        {
            return;
        }

        _tryServer = server;
        _isHedged = false;
        _tryFirstTag = _log.Count;
        Send(server, protocol);
        _tryStartedAt = _context.Time.GetTimestamp();
        _state = _state with { NextSendAt = Now + GetTimeout(server, _state.Round) };
    }

    private TimeSpan GetTimeout(int server, int round)
    {
        (TimeSpan latency, int samples) = _servers[server].Latency;
        return RetryTimer.GetTimeout(latency, samples, round, _context.Settings.AttemptTimeout, _context.Random.NextDouble());
    }

    // Another server beside the silent one: only in the first round, where one is left, and where a slot is free.
    private bool MayHedge(in ScheduleStep step, TimeSpan timeout)
    {
        bool isWanted = _context.Settings.HedgeAfter < timeout && !_wasRefused && step.Round == 0 && step.Server < _servers.Length - 1;
        if (!isWanted || !_context.Slots.TryTake())
        {
            return false;
        }

        _hedgeSlots++;
        return true;
    }

    private void Send(int server, DnsProtocol protocol)
    {
        ServerState state = _servers[server];
        ref ServerProgress progress = ref _progress[server];
        bool isUdp = protocol == DnsProtocol.Udp;
        ReadOnlyMemory<byte> cookie = isUdp && _context.Settings.UseCookies && progress.Edns == EdnsLevel.WithOptions
            ? _context.GetCookie(state)
            : default;
        int tag = _log.Begin(new TransmissionLog.Entry(_name, _type, state, server, protocol, progress.Edns, cookie, _now));
        if (isUdp)
        {
            progress.UdpSent++;
            if (state.Rate.OnSent(_now))
            {
                ResolverLog.TooManyDatagrams(_context.Logger, state.Server, QueryRate.Limit, QueryRate.BusySeconds);
            }
        }
        else
        {
            progress.TcpSent++;
            progress.TcpOutstanding++;
        }

        _state = _state with { Outstanding = _state.Outstanding + 1, LastSentAt = Now };
        ITransmission transmission = _context.Transport.Send(
            new TransmissionRequest
            {
                Tag = _inbox.GetTag(tag),
                Server = state.Server,
                Protocol = protocol,
                Name = _name,
                Type = _type,
                UdpPayloadSize = progress.Edns == EdnsLevel.None ? 0 : _context.Settings.UdpPayloadSize,
                Cookie = cookie,
                RequiresCookie = !cookie.IsEmpty && state.Cookies.IsKnown,
                AsksForKeepalive = !isUdp && progress.Edns == EdnsLevel.WithOptions,
                RandomizesCase = isUdp && _context.Settings.RandomizeCase && !state.Protocol.FoldsCase, // TCP cannot be forged from aside
                WantsAuthenticatedData = _context.Settings.TrustAuthenticatedData,
            },
            _inbox);
        _log.Attach(tag, transmission);
        _hasSentSince = true;
    }
}
