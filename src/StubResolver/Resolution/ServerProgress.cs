namespace StubResolver.Resolution;

/// <summary>What one question has done at one server so far.</summary>
internal record struct ServerProgress
{
    /// <summary>Datagrams that may be sent to one server for one question.</summary>
    public const int MaxUdp = 3;

    /// <summary>Whether the server is only ever asked over TCP.</summary>
    public bool IsTcpServer;

    /// <summary>Datagrams sent.</summary>
    public int UdpSent;

    /// <summary>Messages sent over TCP.</summary>
    public int TcpSent;

    /// <summary>Transmissions over TCP that may still be answered.</summary>
    public int TcpOutstanding;

    /// <summary>Whether UDP is of no more use here: truncated, unreadable or full of forgeries.</summary>
    public bool NeedsTcp;

    /// <summary>Whether TCP goes first here, because UDP was silent lately.</summary>
    public bool PrefersTcp;

    /// <summary>Whether any reply or error came from the server.</summary>
    public bool HasSpoken;

    /// <summary>Whether a try's time went by while TCP did not answer.</summary>
    public bool WasTcpSilent;

    /// <summary>Whether a try's time went by without a reply.</summary>
    public bool WasSilent;

    /// <summary>Whether the server has said its last word on this question.</summary>
    public bool IsDone;

    /// <summary>How much of EDNS the next query to it carries.</summary>
    public EdnsLevel Edns;

    /// <summary>Whether the server did not understand more than that.</summary>
    public bool HasLoweredEdns { get; private set; }

    /// <summary>Whether the server asked for its new cookie once already.</summary>
    public bool RetriedCookie;

    /// <summary>What was said over UDP and does not count yet.</summary>
    public DoubtfulReplies Doubtful;

    /// <summary>Whether a reply over UDP counted.</summary>
    public bool HasTrustedReply;

    /// <summary>Whether UDP may carry one more transmission.</summary>
    public readonly bool MaySendUdp => !IsTcpServer && !NeedsTcp && !IsDone && UdpSent < MaxUdp;

    /// <summary>
    /// Whether TCP may carry one more transmission: one beside UDP; for a TCP server as many as UDP would, each after the one before ended.
    /// </summary>
    public readonly bool MaySendTcp => !IsDone && (IsTcpServer ? TcpSent < MaxUdp && TcpOutstanding == 0 : TcpSent == 0);

    /// <summary>Whether a try at this server still makes sense; waiting for an unanswered TCP message counts.</summary>
    public readonly bool MayTry => MaySendUdp || (!IsDone && IsTcpServer && (MaySendTcp || TcpOutstanding > 0)) || (NeedsTcp && MaySendTcp);

    public void LowerEdns(EdnsLevel level) => (Edns, HasLoweredEdns) = (level, true);
}
