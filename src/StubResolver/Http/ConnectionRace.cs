using System.Net;
using System.Net.Sockets;

namespace StubResolver;

/// <summary>One connect to several addresses: each gets a head start, the first connection wins (RFC 8305 §5). Used once.</summary>
/// <param name="candidates">The addresses to connect to, in order, without those that are not allowed; asked for when it is an address's turn.</param>
/// <param name="dial">Connects to one address.</param>
/// <param name="headStart">How long an address may take before the next one is tried.</param>
/// <param name="time">The timers.</param>
/// <param name="report">What happens.</param>
internal sealed class ConnectionRace(
    IEnumerator<IPEndPoint> candidates, DialAddress dial, TimeSpan headStart, TimeProvider time, ConnectReport report)
{
    private readonly List<(IPEndPoint EndPoint, Task<Socket> Task)> _running = [];

    public async Task<Socket> RunAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource race = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            return await RunAsync(race).ConfigureAwait(false);
        }
        finally
        {
            await race.CancelAsync().ConfigureAwait(false);
            await DisposeLosersAsync().ConfigureAwait(false);
        }
    }

    private async Task<Socket> RunAsync(CancellationTokenSource race)
    {
        while (true)
        {
            Task? headStartOver = StartNext(race.Token);
            if (_running.Count == 0)
            {
                throw report.ToException();
            }

            IEnumerable<Task> running = _running.Select(attempt => attempt.Task);
            Task first = await Task.WhenAny(headStartOver is null ? running : running.Append(headStartOver)).ConfigureAwait(false);
            if (first == headStartOver)
            {
                await first.ConfigureAwait(false);
            }
            else if (await TryFinishAsync(first, race.Token).ConfigureAwait(false) is { } winner)
            {
                return winner;
            }
        }
    }

    private Task? StartNext(CancellationToken cancellationToken)
    {
        if (!candidates.MoveNext())
        {
            return null;
        }

        // The head start begins before the attempt: it includes what the attempt does synchronously.
        Task headStartOver = Task.Delay(headStart, time, cancellationToken);
        report.AddTried(candidates.Current.Address);
        _running.Add((candidates.Current, dial(candidates.Current, cancellationToken).AsTask()));
        return headStartOver;
    }

    private async Task<Socket?> TryFinishAsync(Task first, CancellationToken cancellationToken)
    {
        int index = _running.FindIndex(attempt => attempt.Task == first);
        (IPEndPoint endPoint, Task<Socket> task) = _running[index];
        _running.RemoveAt(index);
        try
        {
            return await task.ConfigureAwait(false);
        }
        catch (SocketException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            report.AddFailed(endPoint.Address, exception.SocketErrorCode);
            return null;
        }
    }

    private async Task DisposeLosersAsync()
    {
        foreach ((_, Task<Socket> task) in _running)
        {
            await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (task.IsCompletedSuccessfully)
            {
                (await task.ConfigureAwait(false)).Dispose();
            }
        }
    }
}
