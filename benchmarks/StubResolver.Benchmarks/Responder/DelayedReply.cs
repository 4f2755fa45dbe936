using System.Net;
using System.Net.Sockets;

namespace StubResolver.Benchmarks.Responder;

/// <summary>An answer that waits for its time.</summary>
/// <param name="Socket">Sends it.</param>
/// <param name="To">To whom; null on a connection.</param>
/// <param name="Message">The octets to send.</param>
/// <param name="Due">The timestamp from which it may go.</param>
internal readonly record struct DelayedReply(Socket Socket, SocketAddress? To, byte[] Message, long Due);
