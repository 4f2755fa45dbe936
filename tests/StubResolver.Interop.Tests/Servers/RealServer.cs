using System.Net;
using System.Net.Sockets;

namespace StubResolver.Interop.Tests.Servers;

/// <summary>A server in a process of its own, on a loopback port that was free, with configuration and zones in a folder of its own.</summary>
internal sealed class RealServer : IAsyncDisposable
{
    private const int MaxStarts = 5;

    private static readonly TimeSpan s_longestStart = TimeSpan.FromSeconds(60);

    private readonly ServerProcess _process;
    private readonly DirectoryInfo _folder;

    private RealServer(ServerProcess process, DirectoryInfo folder, IPEndPoint endPoint) => (_process, _folder, EndPoint) = (process, folder, endPoint);

    public IPEndPoint EndPoint { get; }

    /// <summary>Starts a server and waits until it answers.</summary>
    public static async Task<RealServer> StartAsync(ServerKind kind)
    {
        Installation installation = Installation.Of(kind);
        string program = installation.File ?? throw new FileNotFoundException($"{installation.Program} is not installed (Debian package: {installation.Package}).");
        for (int start = 1; ; start++)
        {
            DirectoryInfo folder = Directory.CreateTempSubdirectory(installation.Program);
            IPEndPoint endPoint = FindFreeEndPoint();
            string configuration = Path.Combine(folder.FullName, "server.conf");
            await File.WriteAllTextAsync(configuration, ServerConfiguration.Write(kind, folder.FullName, endPoint.Port));
            foreach ((string zone, string text) in Zones.All)
            {
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{zone}.zone"), text);
            }

            RealServer server = new(new ServerProcess(program, ServerConfiguration.GetArguments(kind, configuration)), folder, endPoint);
            if (await server.IsReadyAsync())
            {
                return server;
            }

            string output = server._process.Output;
            await server.DisposeAsync();
            if (start == MaxStarts)
            {
                throw new InvalidOperationException($"{program} does not answer on {endPoint}:\n{output}");
            }
        }
    }

    /// <summary>Creates a resolver that asks this server alone and remembers nothing.</summary>
    public DnsResolver CreateResolver(Action<DnsResolverOptions>? configure = null)
    {
        DnsResolverOptions options = new()
        {
            Servers = [EndPoint],
            IPv6 = DnsIPv6Mode.Always,
            UseHostsFile = false,
            UseSearchList = false,
            LookupTimeout = s_longestStart,
            AttemptTimeout = TimeSpan.FromSeconds(20),
        };
        configure?.Invoke(options);
        return new DnsResolver(options);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Asks until the server answers over both protocols; false where it has ended, as when somebody else took its port.</summary>
    private async Task<bool> IsReadyAsync()
    {
        DnsServer[] ways = [new DnsServer(EndPoint), new DnsServer(EndPoint, DnsProtocol.Tcp)];
        foreach (DnsServer way in ways)
        {
            await using DnsResolver resolver = CreateResolver(options =>
            {
                options.Servers = [way];
                options.LookupTimeout = TimeSpan.FromSeconds(1); // the resolver itself pauses between its tries
                options.Cache.Capacity = 0;
            });
            using CancellationTokenSource guard = new(s_longestStart);
            while (!await AnswersAsync(resolver))
            {
                if (_process.HasExited || guard.IsCancellationRequested)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static async Task<bool> AnswersAsync(DnsResolver resolver)
    {
        try
        {
            return (await resolver.QueryAsync("interop.test", DnsRecordType.Soa)).Records.Count == 1;
        }
        catch (DnsException)
        {
            return false;
        }
    }

    private static IPEndPoint FindFreeEndPoint()
    {
        while (true)
        {
            using Socket tcp = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            tcp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            using Socket udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                udp.Bind(tcp.LocalEndPoint!);
                return (IPEndPoint)tcp.LocalEndPoint!;
            }
            catch (SocketException)
            {
                // free for TCP alone: draw again
            }
        }
    }
}
