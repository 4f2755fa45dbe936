using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>Waits for one question until it is answered, the deadline has come or the caller leaves.</summary>
internal static class QuestionLookup
{
    public static async ValueTask<CandidateResult<QuestionOutcome>> RunAsync(
        QueryEngine engine, WakeSignal signal, QuestionKey key, long freshAfter, long deadline, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TimeProvider time = engine.Context.Time;
        QuestionTicket ticket = engine.Ask(key, signal, freshAfter: freshAfter);
        LeaveReason reason = LeaveReason.Cancelled;
        try
        {
            while (true)
            {
                if (ticket.Outcome is { } outcome)
                {
                    return CandidateResult<QuestionOutcome>.Create(outcome, ticket);
                }

                cancellationToken.ThrowIfCancellationRequested();
                ObjectDisposedException.ThrowIf(engine.IsDisposed, typeof(DnsResolver));
                if (time.GetTimestamp() >= deadline)
                {
                    reason = LeaveReason.Deadline;
                    return CandidateResult<QuestionOutcome>.Create(ticket.CreateInterim(key, isDeadline: true), ticket);
                }

                await signal.WaitAsync(deadline).ConfigureAwait(false);
            }
        }
        finally
        {
            ticket.Leave(signal, reason);
        }
    }
}
