using StubResolver.Benchmarks.Responder;
using StubResolver.Transport;
using StubResolver.Wire;

namespace StubResolver.Benchmarks.Scale;

/// <summary>Encodes each query, answers it and decodes the answer at once, without sockets: what is left of a lookup is the library's own work.</summary>
internal sealed class InMemoryTransport(RandomSource random) : DnsTransport, ITransmission
{
    public override ITransmission Send(in TransmissionRequest request, ITransmissionSink sink)
    {
        Span<byte> message = stackalloc byte[QueryWriter.MaxLength + AnswerPatch.MaxGrowth];
        int length = AnswerPatch.Apply(message, QueryBuffer.Write(request, random.NextUInt16(), random, message));
        sink.Post(Response.TryParse(message[..length], request.Name, out Response? response)
            ? new TransmissionEvent(request.Tag, TransmissionEventKind.Response, response)
            : new TransmissionEvent(request.Tag, TransmissionEventKind.Unreadable));
        return this;
    }

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
}
