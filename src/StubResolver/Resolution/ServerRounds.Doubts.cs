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
    /// <param name="isTcpOver">Whether a TCP transmission that may still be answered is not waited for any longer.</param>
    private RoundsResult? TakeDoubtful(int server, bool isTcpOver = false)
    {
        if ((_progress[server].TcpOutstanding > 0 && !isTcpOver)
            || _control.IsStraggler
            || !_progress[server].Doubtful.TryTake(out int tag, out Response? reply))
        {
            return null;
        }

        return Judge(tag, _log[tag], reply, isFinal: true);
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
}
