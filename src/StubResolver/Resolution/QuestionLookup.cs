using System.Runtime.CompilerServices;
using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>Waits for questions of one type until they are answered, the deadline has come or the caller leaves.</summary>
internal sealed class QuestionLookup(
    QueryEngine engine, QuestionContext context, WakeSignal signal, DnsRecordType type, long freshAfter, CancellationToken cancellationToken)
    : ICandidateLookup<QuestionOutcome>
{
    private readonly long _mark = engine.Mark;

    /// <summary>Whether a question was not in the cache.</summary>
    public bool HasAsked { get; private set; }

    public IReadOnlyList<DnsAttempt> Attempts { get; private set; } = [];

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] // gain: benchmark load
    public async ValueTask<QuestionOutcome> RunAsync(string name, long deadline)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TimeProvider time = context.Time;
        QuestionKey key = new(name, type);
        QuestionTicket ticket = engine.Ask(context, key, signal, new WaiterWish(QuestionRun.AllRounds, IsBackground: freshAfter > 0), freshAfter, _mark);
        HasAsked |= !ticket.IsKnown;
        LeaveReason reason = LeaveReason.Cancelled;
        try
        {
            while (true)
            {
                if (ticket.Outcome is { } outcome)
                {
                    return End(outcome, ticket);
                }

                cancellationToken.ThrowIfCancellationRequested();
                ObjectDisposedException.ThrowIf(engine.IsDisposed, typeof(DnsResolver));
                if (time.GetTimestamp() >= deadline)
                {
                    reason = LeaveReason.Deadline;
                    return End(ticket.CreateInterim(key, isDeadline: true), ticket);
                }

                await signal.WaitAsync(deadline).ConfigureAwait(false);
            }
        }
        finally
        {
            ticket.Leave(signal, reason);
        }
    }

    // Before the question is left: its transmissions are lost then.
    private QuestionOutcome End(QuestionOutcome outcome, in QuestionTicket ticket)
    {
        Attempts = outcome.Error is null ? [] : QuestionTicket.GetAttempts(ticket, default);
        return outcome;
    }
}
