using System.Collections.Concurrent;
using StubResolver.Tests.Wire;
using StubResolver.Transport;
using StubResolver.Wire;

namespace StubResolver.Tests.Scenarios;

/// <summary>Answers questions about www.test without sockets: right where they are sent, or where the test says.</summary>
/// <param name="promptTypes">What is answered at once.</param>
internal sealed class HeldTransport(params DnsRecordType[] promptTypes) : DnsTransport, ITransmission
{
    private readonly ConcurrentDictionary<DnsRecordType, TaskCompletionSource> _sent = new();
    private readonly ConcurrentDictionary<DnsRecordType, (int Tag, ITransmissionSink Sink)> _held = new();

    public override ITransmission Send(in TransmissionRequest request, ITransmissionSink sink)
    {
        _held[request.Type] = (request.Tag, sink);
        Of(request.Type).SetResult();
        if (promptTypes.Contains(request.Type))
        {
            Answer(request.Type);
        }

        return this;
    }

    /// <summary>Answers a question that was sent, on this thread.</summary>
    public void Answer(DnsRecordType type)
    {
        (int tag, ITransmissionSink sink) = _held[type];
        byte[] message = Hex.Decode(Messages.Reply(answer: type == DnsRecordType.A ? Messages.A : $"C00C {(int)type:X4} 0001 0000012C 0004 03 616263"));
        Response.TryParse(message, "www.test", out Response? response).Should().BeTrue();
        sink.Post(new TransmissionEvent(tag, TransmissionEventKind.Response, response));
    }

    public Task WaitUntilSentAsync(DnsRecordType type) => Of(type).Task;

    public override void ResetConnections()
    {
    }

    public override ValueTask DisposeAsync() => default;

    public void Stop()
    {
    }

    public void OnTryOver(long tryStartedAt)
    {
    }

    private TaskCompletionSource Of(DnsRecordType type) =>
        _sent.GetOrAdd(type, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
