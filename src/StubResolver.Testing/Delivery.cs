using System.Net;

namespace StubResolver.Testing;

/// <summary>One message to send, and how.</summary>
/// <param name="Message">The message, without the length prefix of TCP.</param>
/// <param name="Junk">Messages to send before.</param>
/// <param name="Delay">The time to wait before.</param>
/// <param name="Gate">What to wait for before.</param>
/// <param name="Source">Where to send from over UDP; <see langword="null"/> for the server's socket.</param>
/// <param name="Close">Where to close a TCP connection, if at all.</param>
/// <param name="Splits">Where to cut the message over TCP, length prefix included.</param>
internal sealed record Delivery(
    byte[] Message,
    IReadOnlyList<byte[]> Junk,
    TimeSpan Delay,
    Task Gate,
    IPEndPoint? Source,
    DnsTestClose? Close,
    IReadOnlyList<int> Splits)
{
    /// <summary>Waits until the message is due.</summary>
    public async Task WaitAsync(TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (Delay > TimeSpan.Zero)
        {
            await Task.Delay(Delay, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }
}
