using System.Net;
using StubResolver.Testing.Messages;

namespace StubResolver.Testing;

/// <summary>From the octets of a query to the messages that answer it.</summary>
internal sealed class Responder(TestZone zone, ScriptBook scripts, TrafficLog log, BackgroundWork work)
{
    private const int OtherError = 0; // RFC 8914 §4.1

    public IReadOnlyList<Delivery> Respond(ReadOnlyMemory<byte> message, DnsProtocol protocol, IPEndPoint source, int? connection)
    {
        if (!QueryReader.TryRead(message, out QueryMessage? content))
        {
            return RespondToUnreadable(message.Span);
        }

        DnsTestQuery query = log.Add(content, protocol, source, connection);
        try
        {
            DnsTestResponse response = new(query, zone);
            scripts.Find(query.Name, query.Type)(query, response);
            return response.GetDeliveries();
        }
        catch (Exception exception)
        {
            work.AddError(exception); // thrown when the server is disposed; until then the client gets an answer that tells
            string text = $"The script for {query} threw {exception.GetType().Name}: {exception.Message}";
            DnsTestResponse failure = new DnsTestResponse(query, zone).Code(DnsResponseCode.ServerFailure);
            return (query.HasEdns ? failure.ExtendedError(OtherError, text) : failure).GetDeliveries();
        }
    }

    /// <summary>Answers what is not a query as servers do: FORMERR with a header only, and nothing to what is shorter than that or a response.</summary>
    private static Delivery[] RespondToUnreadable(ReadOnlySpan<byte> message)
    {
        if (message.Length < QueryReader.HeaderLength || (message[2] & 0x80) != 0)
        {
            return [];
        }

        byte[] reply = new byte[QueryReader.HeaderLength];
        message[..2].CopyTo(reply);
        reply[2] = (byte)(0x80 | (message[2] & 0x79)); // QR, with OPCODE and RD as they came
        reply[3] = (byte)DnsResponseCode.FormatError;
        return [new Delivery(reply, [], Arrival: 0, Delay: TimeSpan.Zero, Task.CompletedTask, null, null, [])];
    }
}
