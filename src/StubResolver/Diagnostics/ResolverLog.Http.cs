using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace StubResolver.Diagnostics;

/// <content>What is said about connections; ids from 5001. The package StubResolver.Extensions has those from 5101.</content>
internal static partial class ResolverLog
{
    [LoggerMessage(EventId = 5001, Level = LogLevel.Debug, Message = "{Address} on port {Port} could not be connected for {Host}: {Error}.")]
    public static partial void AddressNotConnected(ILogger logger, IPAddress address, int port, string host, SocketError error);

    [LoggerMessage(EventId = 5002, Level = LogLevel.Warning, Message = "The address policy does not allow {Host} to lead to {Address} on port {Port}.")]
    public static partial void AddressNotAllowed(ILogger logger, string host, string address, int port);

    [LoggerMessage(EventId = 5011, Level = LogLevel.Debug, Message = "{Host} has left {Address}: new requests go to new connections, and those under way finish.")]
    public static partial void HandlerReplaced(ILogger logger, string host, IPAddress address);

    [LoggerMessage(
        EventId = 5012, Level = LogLevel.Debug, Message = "{Host} has left {Address}, but its addresses keep changing: connections are replaced in {WaitMs} ms.")]
    public static partial void ReplacementHeld(ILogger logger, string host, IPAddress address, double waitMs);

    [LoggerMessage(EventId = 5013, Level = LogLevel.Error, Message = "Replacing or closing idle connections failed in an unexpected way.")]
    public static partial void FollowingFailed(ILogger logger, Exception exception);
}
