using System.Diagnostics.Metrics;

namespace StubResolver.Diagnostics;

/// <summary>The counters of one resolver; nothing is measured without a listener.</summary>
internal sealed class ResolverMetrics
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string SourceName = "StubResolver";

    private static readonly Meter s_processMeter = new(SourceName);

    private readonly Counter<long> _rejectedDatagrams;
    private readonly Counter<long> _tcpFallbacks;
    private readonly UpDownCounter<long> _tcpConnections;
    private readonly UpDownCounter<long> _questionsInFlight;
    private readonly UpDownCounter<long> _questionsWaiting;

    public ResolverMetrics(IMeterFactory? factory)
    {
        Meter meter = factory?.Create(SourceName) ?? s_processMeter;
        _rejectedDatagrams = meter.CreateCounter<long>(
            "stubresolver.datagrams.rejected", "{datagram}", "Datagrams from a server that were not the reply waited for.");
        _tcpFallbacks = meter.CreateCounter<long>(
            "stubresolver.tcp.fallbacks", "{query}", "Queries repeated over TCP because the UDP response was truncated or unusable.");
        _tcpConnections = meter.CreateUpDownCounter<long>(
            "stubresolver.tcp.connections", "{connection}", "TCP connections that are open.");
        _questionsInFlight = meter.CreateUpDownCounter<long>(
            "stubresolver.questions.in_flight", "{question}", "Questions that servers are being asked.");
        _questionsWaiting = meter.CreateUpDownCounter<long>(
            "stubresolver.questions.waiting", "{question}", "Questions that wait until others are done.");
    }

    public void DatagramRejected(DatagramRejection reason)
    {
        if (_rejectedDatagrams.Enabled)
        {
            _rejectedDatagrams.Add(1, new KeyValuePair<string, object?>("reason", ToTag(reason)));
        }
    }

    public void FellBackToTcp() => _tcpFallbacks.Add(1);

    public void TcpConnectionOpened() => _tcpConnections.Add(1);

    public void TcpConnectionClosed() => _tcpConnections.Add(-1);

    public void QuestionStarted() => _questionsInFlight.Add(1);

    public void QuestionEnded() => _questionsInFlight.Add(-1);

    public void QuestionWaits() => _questionsWaiting.Add(1);

    public void QuestionWaited() => _questionsWaiting.Add(-1);

    private static string ToTag(DatagramRejection reason) => reason switch
    {
        DatagramRejection.Mismatch => "mismatch",
        DatagramRejection.LetterCase => "letter_case",
        DatagramRejection.Cookie => "cookie",
        _ => "junk",
    };
}
