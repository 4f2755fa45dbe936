using System.Diagnostics.CodeAnalysis;
using StubResolver.Diagnostics;

namespace StubResolver.Resolution;

/// <summary>Asks a failing server a copy of a question, to learn whether it is back; the answer goes nowhere.</summary>
[SuppressMessage("Design", "CA1001", Justification = "It cleans up after itself when its run ends.")]
internal sealed class ServerProbe(QueryEngine engine, QuestionContext context, QuestionKey key, ServerState server)
{
    private readonly QuestionInbox _inbox = new(context.Time);
    private readonly QuestionControl _control = new() { Rounds = 1 };

    /// <summary>Ends when the probe's sockets are closed.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    public void Start() => CleanContext.Run(static probe => ((ServerProbe)probe!).Completion = ((ServerProbe)probe).RunAsync(), this);

    public void Abort()
    {
        _control.Stop(isDeadline: false);
        _inbox.Wake();
    }

    private async Task RunAsync()
    {
        try
        {
            if (engine.IsDisposed)
            {
                _control.Stop(isDeadline: false);
            }

            ServerRounds rounds = new(_inbox, _control, new TransmissionLog(context.Time, context.Metrics, context.Logger));
            await rounds.RunAsync(context.WithServers([server]), key.Name, key.Type).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            ResolverLog.QuestionFaulted(context.Logger, e, key.Type.ToMnemonic(), key.Name);
        }
        finally
        {
            _inbox.Dispose();
            context.Slots.Release();
            server.EndProbe();
            engine.OnEnded(this);
        }
    }
}
