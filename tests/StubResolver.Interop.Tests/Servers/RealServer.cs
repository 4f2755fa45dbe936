using System.Net;
using System.Net.Sockets;

namespace StubResolver.Interop.Tests.Servers;

/// <summary>A server in a process of its own, on a loopback port that was free, with configuration and zones in a folder of its own.</summary>
internal sealed class RealServer : IAsyncDisposable
{
    private const int MaxStarts = 5;

    private static readonly TimeSpan s_longestStart = TimeSpan.FromSeconds(60);

    private readonly string _program;
    private readonly string[] _arguments;
    private readonly DirectoryInfo _folder;
    private ServerProcess? _process;

    private RealServer(string program, string[] arguments, DirectoryInfo folder, IPEndPoint endPoint) =>
        (_program, _arguments, _folder, EndPoint) = (program, arguments, folder, endPoint);

    public IPEndPoint EndPoint { get; }

    /// <summary>Starts a server and waits until it answers.</summary>
    public static async Task<RealServer> StartAsync(ServerKind kind, IPEndPoint? upstream)
    {
        for (int start = 1; ; start++)
        {
            RealServer server = await CreateAsync(kind, upstream);
            try
            {
                await server.StartAsync();
                return server;
            }
            catch (InvalidOperationException) when (start < MaxStarts)
            {
                await server.DisposeAsync(); // somebody else took the port: draw again
            }
        }
    }

    /// <summary>Starts the server and waits until it answers; again after it was stopped.</summary>
    public async Task StartAsync()
    {
        _process = new ServerProcess(_program, _arguments);
        if (!await IsReadyAsync(_process))
        {
            string output = _process.Output;
            await StopAsync();
            throw new InvalidOperationException($"{_program} does not answer on {EndPoint}:\n{output}");
        }
    }

    /// <summary>Kills the server: nobody says goodbye, but the system closes its connections.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }
    }

    /// <summary>Makes the server hold still: what is sent to it waits in its sockets.</summary>
    public Task PauseAsync() => _process!.SignalAsync("STOP");

    public Task ResumeAsync() => _process!.SignalAsync("CONT");

    /// <summary>Creates a resolver that asks this server alone, and waits long for it.</summary>
    public DnsResolver CreateResolver(Action<DnsResolverOptions>? configure = null) =>
        CreateResolver(ClientKind.Default, options =>
        {
            options.LookupTimeout = s_longestStart;
            options.AttemptTimeout = TimeSpan.FromSeconds(20);
            configure?.Invoke(options);
        });

    /// <summary>Creates a resolver that asks this server alone, with the times that it has by default.</summary>
    public DnsResolver CreateResolver(ClientKind client, Action<DnsResolverOptions>? configure = null)
    {
        DnsResolverOptions options = new()
        {
            Servers = [new DnsServer(EndPoint, client == ClientKind.Tcp ? DnsProtocol.Tcp : DnsProtocol.Udp)],
            IPv6 = DnsIPv6Mode.Always,
            UseHostsFile = false,
            UseSearchList = false,
            RandomizeCase = client is ClientKind.RandomCase or ClientKind.CookiesAndRandomCase,
        };
        if (client.HasCookies())
        {
            options.UseCookies = true;
        }

        if (client == ClientKind.NoEdns)
        {
            options.UdpPayloadSize = 0;
        }

        configure?.Invoke(options);
        return new DnsResolver(options);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task<RealServer> CreateAsync(ServerKind kind, IPEndPoint? upstream)
    {
        Installation installation = Installation.Of(kind);
        string program = installation.File ?? throw new FileNotFoundException($"{installation.Program} is not installed (Debian package: {installation.Package}).");
        DirectoryInfo folder = Directory.CreateTempSubdirectory(installation.Program);
        IPEndPoint endPoint = FindFreeEndPoint();
        await File.WriteAllTextAsync(ServerConfiguration.GetFile(folder.FullName), ServerConfiguration.Write(kind, folder.FullName, endPoint.Port, upstream?.Port));
        foreach ((string zone, string text) in Zones.All)
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{zone}.zone"), text);
        }

        return new RealServer(program, ServerConfiguration.GetArguments(kind, folder.FullName), folder, endPoint);
    }

    /// <summary>Asks until the server answers over both protocols; false where it has ended, as when somebody else took its port.</summary>
    private async Task<bool> IsReadyAsync(ServerProcess process)
    {
        foreach (ClientKind client in (ClientKind[])[ClientKind.Default, ClientKind.Tcp])
        {
            await using DnsResolver resolver = CreateResolver(client, options =>
            {
                options.LookupTimeout = TimeSpan.FromSeconds(1); // the resolver itself pauses between its tries
                options.UseCookies = false;
                options.Cache.Capacity = 0;
                options.Cache.FailureTtl = TimeSpan.Zero;
            });
            using CancellationTokenSource guard = new(s_longestStart);
            while (!await AnswersAsync(resolver))
            {
                if (process.HasExited || guard.IsCancellationRequested)
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
