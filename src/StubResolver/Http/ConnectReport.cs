using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using StubResolver.Diagnostics;

namespace StubResolver;

/// <summary>What one connect came across, which is logged, and the exception it becomes when no address can be connected. Not thread-safe.</summary>
internal sealed class ConnectReport(string host, int port, ILogger logger)
{
    private List<IPAddress>? _tried;
    private List<(IPAddress Address, SocketError Error)>? _failed;
    private List<IPAddress>? _notAllowed;

    public string Host => host;

    public int Port => port;

    public void AddTried(IPAddress address) => (_tried ??= []).Add(address);

    public void AddFailed(IPAddress address, SocketError error)
    {
        (_failed ??= []).Add((address, error));
        ResolverLog.AddressNotConnected(logger, address, port, host, error);
    }

    public void AddNotAllowed(IPAddress address)
    {
        (_notAllowed ??= []).Add(address);
        ResolverLog.AddressNotAllowed(logger, host, Describe(address), port);
    }

    /// <summary>Returns how a connect failed that has nothing left to try: the first error of an address, with all of them in the message.</summary>
    public SocketException ToException() => _failed is null
        ? new DnsException(
            DnsError.NameNotAllowed, host, $"No address of '{host}' is allowed by the address policy: {string.Join(", ", DescribeNotAllowed())}.")
        : new SocketException((int)_failed[0].Error, $"No connection to '{host}' on port {port}: {string.Join("; ", DescribeAll())}.");

    /// <summary>Returns how a connect failed whose time is over.</summary>
    public SocketException ToTimeoutException(TimeSpan timeout)
    {
        string limit = string.Create(CultureInfo.InvariantCulture, $"within the connect timeout of {timeout.TotalSeconds:0.###} s");
        return _tried is null
            ? new DnsException(DnsError.Timeout, host, $"'{host}' was not resolved {limit}.")
            : new SocketException((int)SocketError.TimedOut, $"No connection to '{host}' on port {port} {limit}: {string.Join("; ", DescribeAll())}.");
    }

    private IEnumerable<string> DescribeAll()
    {
        List<(IPAddress Address, SocketError Error)> failed = _failed ?? [];
        IEnumerable<IPAddress> silent = (_tried ?? []).Except(failed.Select(failure => failure.Address));
        return failed.Select(failure => $"{failure.Address} {new SocketException((int)failure.Error).Message}")
            .Concat(silent.Select(address => $"{address} did not answer"))
            .Concat(DescribeNotAllowed().Select(address => $"{address} is not allowed"));
    }

    private IEnumerable<string> DescribeNotAllowed() => (_notAllowed ?? []).Select(Describe);

    private static string Describe(IPAddress address) => SpecialPurpose.Find(address) is { } purpose ? $"{address} ({purpose})" : address.ToString();
}
