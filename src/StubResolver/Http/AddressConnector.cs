using System.Net;
using System.Net.Sockets;

namespace StubResolver;

/// <summary>Connects to one of the addresses a name has: asks the policy, orders them, races them. Thread-safe.</summary>
/// <param name="options">The settings; never written to.</param>
/// <param name="time">The clock and the timers.</param>
/// <param name="dial">Connects to one address.</param>
internal sealed class AddressConnector(DnsConnectorOptions options, TimeProvider time, DialAddress dial)
{
    // The result of a delegate of several is that of the last alone.
    private readonly Func<DnsConnectionTarget, bool>[] _policies = [.. Delegate.EnumerateInvocationList(options.AddressPolicy)];
    private readonly RefusingAddresses _refusing = new(time);
    private readonly HostTurns _turns = new((uint)Guid.NewGuid().GetHashCode()); // any number, so that processes do not begin with the same address

    /// <summary>Connects to a host's only address: without a race and a timer.</summary>
    public async ValueTask<Socket> ConnectAsync(ConnectReport report, IPAddress only, CancellationToken cancellationToken)
    {
        IPAddress address = ConnectionOrder.Normalize(only);
        if (!IsAllowed(report, address))
        {
            throw report.ToException();
        }

        try
        {
            return await dial(new IPEndPoint(address, report.Port), cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            report.AddTried(address);
            throw;
        }
        catch (SocketException exception)
        {
            report.AddFailed(address, exception.SocketErrorCode);
            throw report.ToException();
        }
    }

    /// <summary>Connects to the address that is the first to accept.</summary>
    public async ValueTask<Socket> ConnectAsync(ConnectReport report, IReadOnlyList<DnsAddressRecord> records, CancellationToken cancellationToken)
    {
        Func<IPAddress, bool>? isRefusing = _refusing.IsEmpty ? null : address => _refusing.Contains(address, report.Port);
        IPAddress[] addresses = ConnectionOrder.Arrange(records, options.PreferredFamily, _turns.Next(report.Host), isRefusing);
        using IEnumerator<IPEndPoint> candidates = Allowed(report, addresses).GetEnumerator();
        ConnectionRace race = new(candidates, DialAndRememberAsync, options.ConnectionAttemptDelay, time, report);
        try
        {
            return await race.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken); // not the race's own token, which the caller does not know
        }
    }

    private IEnumerable<IPEndPoint> Allowed(ConnectReport report, IPAddress[] addresses)
    {
        foreach (IPAddress address in addresses.Take(ConnectionOrder.MaxAddresses))
        {
            if (IsAllowed(report, address))
            {
                yield return new IPEndPoint(address, report.Port);
            }
        }
    }

    private bool IsAllowed(ConnectReport report, IPAddress address)
    {
        if (_policies.Length == 0 || IsAllowed(new DnsConnectionTarget(report.Host, address, report.Port)))
        {
            return true;
        }

        report.AddNotAllowed(address);
        return false;
    }

    private bool IsAllowed(DnsConnectionTarget target) => Array.TrueForAll(_policies, policy => policy(target));

    private async ValueTask<Socket> DialAndRememberAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        try
        {
            Socket socket = await dial(endPoint, cancellationToken).ConfigureAwait(false);
            _refusing.Remove(endPoint);
            return socket;
        }
        catch (SocketException exception) when (IsFaultOfAddress(exception.SocketErrorCode))
        {
            _refusing.Add(endPoint);
            throw;
        }
    }

    // Not of this process or host, as a lack of sockets is: that would happen with any other address too.
    private static bool IsFaultOfAddress(SocketError error) => error is SocketError.ConnectionRefused or SocketError.ConnectionReset
        or SocketError.HostUnreachable or SocketError.HostDown or SocketError.NetworkUnreachable or SocketError.TimedOut;
}
