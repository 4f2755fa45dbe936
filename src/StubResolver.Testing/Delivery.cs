using System.Net;

namespace StubResolver.Testing;

/// <summary>One message to send, and how.</summary>
/// <param name="Message">The message, without the length prefix of TCP.</param>
/// <param name="Junk">Messages to send before.</param>
/// <param name="Arrival">When the query arrived, by the timestamp of the server's clock.</param>
/// <param name="Delay">When the message is due, from the arrival on.</param>
/// <param name="Gate">What else to wait for before.</param>
/// <param name="Source">Where to send from over UDP; <see langword="null"/> for the server's socket.</param>
/// <param name="Close">Where to close a TCP connection, if at all.</param>
/// <param name="Splits">Where to cut the message over TCP, length prefix included.</param>
internal sealed record Delivery(
    byte[] Message,
    IReadOnlyList<byte[]> Junk,
    long Arrival,
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
        if (Delay == TimeSpan.Zero)
        {
            return;
        }

        // Counted from the arrival: a test may have moved its clock on as soon as it saw the query.
        TimeSpan remaining = Delay - timeProvider.GetElapsedTime(Arrival);
        if (remaining > TimeSpan.Zero)
        {
            await Task.Delay(remaining, timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }
}
