using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using StubResolver.Diagnostics;
using StubResolver.Transport;
using StubResolver.Wire;

namespace StubResolver.Resolution;

/// <content>What the events of the transmissions lead to.</content>
internal sealed partial class ServerRounds
{
    /// <summary>Handles one event; returns the result when it is the final one.</summary>
    private RoundsResult? Handle(in TransmissionEvent transmissionEvent)
    {
        TransmissionLog.Entry entry = _log[transmissionEvent.Tag];
        if (!entry.IsOutstanding)
        {
            return null;
        }

        switch (transmissionEvent.Kind)
        {
            case TransmissionEventKind.Response:
                return HandleResponse(transmissionEvent.Tag, entry, transmissionEvent.Response!);
            case TransmissionEventKind.Truncated:
                OnReply(entry);
                Conclude(transmissionEvent.Tag, entry, null, DnsResponseCode.NoError);
                AskOverTcp(entry.ServerIndex);
                return null;
            case TransmissionEventKind.Unreadable:
                OnReply(entry);
                _failures.Add(DnsError.MalformedResponse);
                Conclude(transmissionEvent.Tag, entry, DnsError.MalformedResponse);
                if (entry.Protocol == DnsProtocol.Tcp)
                {
                    return TakeDoubtful(entry.ServerIndex);
                }

                AskOverTcp(entry.ServerIndex);
                return null;
            case TransmissionEventKind.CaseMismatch:
                OnReply(entry);
                return PutAside(transmissionEvent.Tag, entry, transmissionEvent.Response, Doubts.LetterCase);
            case TransmissionEventKind.CookieMismatch:
                OnReply(entry);
                return PutAside(transmissionEvent.Tag, entry, transmissionEvent.Response, Doubts.Cookie);
            case TransmissionEventKind.NearMiss:
                if (++_nearMisses == NearMissesToDistrustUdp)
                {
                    DistrustUdp();
                }

                return null;
            case TransmissionEventKind.Faulted:
                ExceptionDispatchInfo.Throw(transmissionEvent.Fault!);
                return null;
            default:
                HandleFailure(transmissionEvent.Tag, entry, transmissionEvent.SocketError);
                return entry.Protocol == DnsProtocol.Tcp ? TakeDoubtful(entry.ServerIndex) : null;
        }
    }

    private RoundsResult? HandleResponse(int tag, in TransmissionLog.Entry entry, Response response)
    {
        OnReply(entry);
        if (!entry.Cookie.IsEmpty)
        {
            entry.Server.Cookies.OnReply(entry.Cookie.Span, response.Edns is { } edns ? edns.Cookie.Span : default);
        }

        if (entry.Protocol == DnsProtocol.Udp)
        {
            _progress[entry.ServerIndex].HasTrustedReply = true;
            return Judge(tag, entry, response, isFinal: !_progress[entry.ServerIndex].MaySendTcp);
        }

        RoundsResult? result = Judge(tag, entry, response, isFinal: true);
        if (result is null && _progress[entry.ServerIndex].TcpOutstanding == 0)
        {
            _progress[entry.ServerIndex].Doubtful.DropForgeable();
            result = TakeDoubtful(entry.ServerIndex);
        }

        return result;
    }

    /// <summary>Does what a reply says; returns the result when it is the final one.</summary>
    /// <param name="tag">The transmission that it replies to.</param>
    /// <param name="entry">The same.</param>
    /// <param name="response">The reply.</param>
    /// <param name="isFinal">Whether a negative reply counts although what follows its answer section cannot be read.</param>
    private RoundsResult? Judge(int tag, in TransmissionLog.Entry entry, Response response, bool isFinal)
    {
        AliasChain chain = AliasChain.Follow(response.Answers, _name, _type);
        ReplyVerdict verdict = ReplyClassifier.Classify(response, chain, entry.SentEdns, !entry.Cookie.IsEmpty);
        if (verdict == ReplyVerdict.Accept)
        {
            Conclude(tag, entry, null, response.ResponseCode);
            if (chain.End != AliasChainEnd.Records && !response.IsWhole && !isFinal)
            {
                return PutAside(tag, entry, response, Doubts.Remainder);
            }

            OnAccepted(entry);
            return _accepted.Accept(response, chain, entry.Server);
        }

        DnsError error = verdict == ReplyVerdict.Malformed ? DnsError.MalformedResponse : ToError(response.ResponseCode);
        if (!MayAskAgain(verdict, _progress[entry.ServerIndex]))
        {
            _failures.Add(error, response, verdict == ReplyVerdict.Lame);
        }

        _wasRefused |= response.ResponseCode == DnsResponseCode.Refused;
        Conclude(tag, entry, error, response.ResponseCode);
        Follow(verdict, entry);
        return null;
    }

    // What the server says when it is asked as it wants counts, not that it had to say so.
    private static bool MayAskAgain(ReplyVerdict verdict, in ServerProgress progress) => verdict switch
    {
        ReplyVerdict.RetryWithoutOptions or ReplyVerdict.RetryWithoutEdns => progress.MaySendUdp || progress.MaySendTcp,
        ReplyVerdict.RetryWithCookie => progress.MaySendTcp || (!progress.RetriedCookie && progress.MaySendUdp),
        _ => false,
    };

    /// <summary>Does what a reply that is not final asks for.</summary>
    private void Follow(ReplyVerdict verdict, in TransmissionLog.Entry entry)
    {
        ref ServerProgress progress = ref _progress[entry.ServerIndex];
        switch (verdict)
        {
            case ReplyVerdict.RetryWithoutOptions:
                progress.LowerEdns(EdnsLevel.WithoutOptions);
                AskAgain(entry);
                break;
            case ReplyVerdict.RetryWithoutEdns:
                progress.LowerEdns(EdnsLevel.None);
                AskAgain(entry);
                break;
            case ReplyVerdict.RetryWithCookie when !progress.RetriedCookie:
                progress.RetriedCookie = true;
                AskAgain(entry);
                break;
            case ReplyVerdict.RetryWithCookie:
                AskOverTcp(entry.ServerIndex); // RFC 7873 §5.3: TCP after the second BADCOOKIE
                break;
            case ReplyVerdict.ServerIsDone or ReplyVerdict.Lame:
                progress.IsDone = true;
                break;
        }
    }

    private void HandleFailure(int tag, in TransmissionLog.Entry entry, SocketError error)
    {
        _failures.Add(DnsError.NetworkError);
        _progress[entry.ServerIndex].HasSpoken = true;
        bool isWayToServer = entry.Protocol == entry.Server.Server.Protocol; // many servers answer over UDP and refuse TCP
        if (isWayToServer && IsUnreachable(error))
        {
            ReportFailing(entry.Server, entry.Server.OnUnreachable(), FailureMessage.Describe(error));
        }

        if (entry.Protocol == DnsProtocol.Tcp)
        {
            entry.Server.Protocol.OnUdpReplyOrTcpFailure();
        }

        Conclude(tag, entry, DnsError.NetworkError, socketError: error);
    }

    private void OnReply(in TransmissionLog.Entry entry)
    {
        _progress[entry.ServerIndex].HasSpoken = true;
        if (entry.Server.OnReply(_context.Time.GetElapsedTime(entry.SentAt, _now)))
        {
            ResolverLog.ServerIsBack(_context.Logger, entry.Server.Server);
        }

        _context.Replies.OnReply();
        if (entry.Protocol == DnsProtocol.Udp)
        {
            entry.Server.Protocol.OnUdpReplyOrTcpFailure();
        }
    }

    private void OnAccepted(in TransmissionLog.Entry entry)
    {
        ServerProgress progress = _progress[entry.ServerIndex];
        if (entry.Protocol == DnsProtocol.Tcp && progress is { WasSilent: true, UdpSent: > 0, NeedsTcp: false })
        {
            entry.Server.Protocol.OnTcpRescue();
        }

        if (entry.Protocol == DnsProtocol.Tcp && !progress.HasTrustedReply)
        {
            ReportDoubts(progress.Doubtful.Reasons, entry.Server);
        }

        if (progress.HasLoweredEdns && entry.Edns > entry.Server.Edns.Level)
        {
            entry.Server.Edns.OnDowngradeHelped(entry.Edns);
        }
    }

    /// <summary>Ends a transmission; the next one need not wait where nothing of the try under way is left to wait for.</summary>
    private void Conclude(int tag, in TransmissionLog.Entry entry, DnsError? error, DnsResponseCode? code = null, SocketError? socketError = null)
    {
        if (!_log[tag].IsOutstanding)
        {
            return; // it was concluded when its reply was put aside
        }

        _log.End(tag, _now, error, code, socketError);
        _state = _state with { Outstanding = _state.Outstanding - 1 };
        if (entry.Protocol == DnsProtocol.Tcp)
        {
            _progress[entry.ServerIndex].TcpOutstanding--;
        }

        if (tag >= _tryFirstTag && !HasOutstandingInTry())
        {
            _tryServer = -1;
            _state = _state with { NextSendAt = Now };
        }
    }

    private bool HasOutstandingInTry()
    {
        for (int tag = _tryFirstTag; tag < _log.Count; tag++)
        {
            if (_log[tag].IsOutstanding)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Asks the server again at once: over the protocol that was answered, over the other one where that has no transmission left.</summary>
    private void AskAgain(in TransmissionLog.Entry entry)
    {
        int server = entry.ServerIndex;
        (bool udp, bool tcp) = (_progress[server].MaySendUdp, _progress[server].MaySendTcp);
        if (udp || tcp)
        {
            Extend(server, udp && (entry.Protocol == DnsProtocol.Udp || !tcp) ? DnsProtocol.Udp : DnsProtocol.Tcp);
        }
        else
        {
            _progress[server].IsDone = true;
        }
    }

    private void AskOverTcp(int server)
    {
        _progress[server].NeedsTcp = true;
        if (_progress[server].MaySendTcp)
        {
            _context.Metrics.FellBackToTcp();
            Extend(server, DnsProtocol.Tcp);
        }
    }

    private void ReportFailing(ServerState server, bool isNew, string problem)
    {
        if (isNew)
        {
            ResolverLog.ServerFails(_context.Logger, server.Server, problem);
        }
    }

    private static bool IsUnreachable(SocketError error) =>
        error is SocketError.ConnectionRefused or SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown;

    private static DnsError ToError(DnsResponseCode code) => code == DnsResponseCode.Refused ? DnsError.Refused : DnsError.ServerFailure;
}
