using StubResolver.Wire;

namespace StubResolver.Resolution;

/// <content>Replies over UDP that do not count before TCP was asked.</content>
internal sealed partial class ServerRounds
{
    /// <summary>Asks over TCP at once what UDP answered doubtfully. UDP goes on listening: a reply that counts may still come.</summary>
    private RoundsResult? PutAside(int tag, in TransmissionLog.Entry entry, Response? response, Doubts reason)
    {
        _progress[entry.ServerIndex].Doubtful.Add(tag, response, reason);
        AskOverTcp(entry.ServerIndex);
        return TakeDoubtful(entry.ServerIndex);
    }

    /// <summary>Lets a doubtful reply count where TCP brings none: it matched port, id and question.</summary>
    /// <param name="server">The index of the server.</param>
    private RoundsResult? TakeDoubtful(int server)
    {
        if (_progress[server] is { TcpOutstanding: > 0, WasTcpSilent: false }
            || _control.IsStraggler
            || !_progress[server].Doubtful.TryTake(out int tag, out Response? reply))
        {
            return null;
        }

        return Judge(tag, _log[tag], reply, isFinal: true);
    }

    // Nothing is waited for any longer: the try at TCP may have given way to one at another server.
    private RoundsResult? TakeLastDoubtful()
    {
        for (int server = 0; server < _progress.Length; server++)
        {
            _progress[server].WasTcpSilent = true;
            if (TakeDoubtful(server) is { } result)
            {
                return result;
            }
        }

        return null;
    }

    // The server itself is like that: nothing better came over UDP, and TCP answers.
    private static void ReportDoubts(Doubts reasons, ServerState server)
    {
        if ((reasons & Doubts.LetterCase) != 0)
        {
            server.Protocol.OnCaseFolded();
        }

        if ((reasons & Doubts.Cookie) != 0)
        {
            server.Cookies.OnMissingOverUdp();
        }
    }

    /// <summary>Somebody guesses at our queries: UDP counts no longer, each server is asked over TCP in turn (RFC 5452 §9.1).</summary>
    private void DistrustUdp()
    {
        for (int tag = _firstTag; tag < _log.Count; tag++)
        {
            TransmissionLog.Entry entry = _log[tag];
            if (entry.IsOutstanding && entry.Protocol == DnsProtocol.Udp)
            {
                Conclude(tag, entry, DnsError.MalformedResponse);
            }
        }

        for (int i = 0; i < _progress.Length; i++)
        {
            _progress[i].NeedsTcp = true;
            _progress[i].Doubtful.DropForgeable();
        }

        _tryServer = -1;
        _state = _state with { Round = 0, Position = 0, NextSendAt = Now };
    }
}
