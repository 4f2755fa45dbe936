using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using StubResolver;
using StubResolver.Testing;

namespace FollowingSample;

/// <summary>Connects to a name whose IPv6 address swallows connections (a listener on ::1 whose queue is full), and to one whose addresses all refuse.</summary>
internal static class Race
{
    private const int Rounds = 10;
    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(400);

    public static async Task<bool> RunAsync()
    {
        using Socket accepting = Listen(IPAddress.Loopback, port: 0, backlog: 64);
        int port = ((IPEndPoint)accepting.LocalEndPoint!).Port;
        using Socket swallowing = Listen(IPAddress.IPv6Loopback, port, backlog: 0);
        using Socket filler = new(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        await filler.ConnectAsync(swallowing.LocalEndPoint!);
        using Socket refusing = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        refusing.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        FakeDnsResolver resolver = new FakeDnsResolver().AddAddress("dual.example", IPAddress.IPv6Loopback, IPAddress.Loopback);

        TimeSpan slowest = await ConnectAsync(resolver, port);
        int before = CountSockets();
        string error = await FailAsync(resolver, ((IPEndPoint)refusing.LocalEndPoint!).Port);
        int left = CountSockets() - before;

        bool isKept = slowest < s_limit && left == 0;
        Console.WriteLine(error);
        Console.WriteLine($"Descriptors left over: {left}. {(isKept ? "Kept" : "NOT kept")}: connected within {s_limit.TotalMilliseconds} ms.");
        return isKept;
    }

    // A new connector each time: one connector remembers which addresses did not connect.
    private static async Task<TimeSpan> ConnectAsync(FakeDnsResolver resolver, int port)
    {
        TimeSpan slowest = TimeSpan.Zero;
        for (int i = 0; i < Rounds; i++)
        {
            int before = CountSockets();
            Stopwatch clock = Stopwatch.StartNew();
            using Socket socket = await new DnsConnector(resolver).ConnectAsync("dual.example", port);
            Console.WriteLine(FormattableString.Invariant(
                $"::1 swallows, {socket.RemoteEndPoint} connected after {clock.Elapsed.TotalMilliseconds:0} ms, {CountSockets() - before} socket open"));
            slowest = clock.Elapsed > slowest ? clock.Elapsed : slowest;
        }

        return slowest;
    }

    private static async Task<string> FailAsync(FakeDnsResolver resolver, int port)
    {
        try
        {
            using Socket socket = await new DnsConnector(resolver).ConnectAsync("dual.example", port);
            return "Connected, although nothing listens.";
        }
        catch (SocketException exception)
        {
            return exception.Message;
        }
    }

    private static Socket Listen(IPAddress address, int port, int backlog)
    {
        Socket listener = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(address, port));
        listener.Listen(backlog);
        return listener;
    }

    private static int CountSockets() => !OperatingSystem.IsLinux() ? 0 : Directory.EnumerateFileSystemEntries("/proc/self/fd")
        .Count(path => new FileInfo(path).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true);
}
