using System.Net.Sockets;
using StubResolver.Wire;

namespace StubResolver.Transport;

/// <summary>One event of the transmission with this tag.</summary>
internal record struct TransmissionEvent(
    int Tag, TransmissionEventKind Kind, Response? Response = null, SocketError SocketError = SocketError.Success, Exception? Fault = null)
{
    public int Tag = Tag;
    public readonly TransmissionEventKind Kind = Kind;
    public readonly Response? Response = Response;
    public readonly SocketError SocketError = SocketError;
    public readonly Exception? Fault = Fault;
}
