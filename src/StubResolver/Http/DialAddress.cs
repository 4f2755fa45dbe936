using System.Net;
using System.Net.Sockets;

namespace StubResolver;

/// <summary>Connects a socket to one address; leaves none behind when it throws.</summary>
internal delegate ValueTask<Socket> DialAddress(IPEndPoint endPoint, CancellationToken cancellationToken);
