using System.Collections.Concurrent;
using StubResolver.Tests.Wire;
using StubResolver.Transport;
using StubResolver.Wire;

namespace StubResolver.Tests.Scenarios;

/// <summary>Answers questions about www.test without sockets: right where they are sent, or where the test says.</summary>
/// <param name="promptTypes">What is answered at once.</param>
internal sealed class HeldTransport(params DnsRecordType[] promptTypes) : DnsTransport, ITransmission
{
    private readonly ConcurrentDictionary<DnsRecordType, TaskCompletionSource<(int Tag, ITransmissionSink Sink)>> _sent = new();

    public override ITransmission Send(in TransmissionRequest request, ITransmissionSink sink)
    {
        Of(request.Type).SetResult((request.Tag, sink));
        if (promptTypes.Contains(request.Type))
        {
            Post(request.Type, request.Tag, sink);
        }

        return this;
    }

    /// <summary>Answers a question that was sent, on this thread.</summary>
    public void Answer(DnsRecordType type)
    {
        (int tag, ITransmissionSink sink) = Of(type).Task.Result;
        Post(type, tag, sink);
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

    private static void Post(DnsRecordType type, int tag, ITransmissionSink sink)
    {
        byte[] message = Hex.Decode(Messages.Reply(answer: type == DnsRecordType.A ? Messages.A : $"C00C {(int)type:X4} 0001 0000012C 0004 03 616263"));
        Response.TryParse(message, "www.test", out Response? response).Should().BeTrue();
        sink.Post(new TransmissionEvent(tag, TransmissionEventKind.Response, response));
    }

    private TaskCompletionSource<(int Tag, ITransmissionSink Sink)> Of(DnsRecordType type) =>
        _sent.GetOrAdd(type, _ => new TaskCompletionSource<(int, ITransmissionSink)>(TaskCreationOptions.RunContinuationsAsynchronously));
}
