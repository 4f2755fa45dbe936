using System.Globalization;
using StubResolver.Benchmarks.Load.Servers;

namespace StubResolver.Benchmarks.Load;

/// <summary>Says how to run a client, or why it cannot run here.</summary>
internal sealed class ClientCommand : IDisposable
{
    private const int MaxReferenceThreads = 16;

    private readonly LoadOptions _options;
    private readonly LoadServer _server;
    private readonly CReference _reference = new();
    private PrivateResolvConf? _resolvConf;
    private string? _systemTrouble;

    private ClientCommand(LoadOptions options, LoadServer server) => (_options, _server) = (options, server);

    public static async Task<ClientCommand> CreateAsync(LoadOptions options, LoadServer server)
    {
        ClientCommand commands = new(options, server);
        (commands._resolvConf, commands._systemTrouble) = server.SystemEndPoint is null
            ? (null, "port 53 of a loopback address cannot be taken")
            : await PrivateResolvConf.TryCreateAsync(server.SystemEndPoint.Address);
        if (options.Clients.Contains(LoadClientKind.CReference))
        {
            await commands._reference.BuildAsync();
        }

        return commands;
    }

    /// <summary>Returns why a client cannot be measured here; null where it can.</summary>
    public string? GetTrouble(LoadClientKind kind) =>
        kind == LoadClientKind.System ? _systemTrouble : kind == LoadClientKind.CReference ? _reference.Trouble : null;

    /// <summary>Returns the command line of one round of a client.</summary>
    public string[] Get(LoadClientKind kind, int round)
    {
        string prefix = $"r{round}{kind.Key}";
        if (kind == LoadClientKind.CReference)
        {
            int threads = Math.Min(_options.Concurrency, MaxReferenceThreads);
            return
            [
                _reference.Program, _server.EndPoint.Address.ToString(), Text(_server.EndPoint.Port), Text(threads),
                Text(_options.Lookups), Text(_options.WarmUp), prefix, LoadZone.Name,
            ];
        }

        string[] command = ChildProcess.Self(
            "client", "--client", kind.Key, "--server", _server.EndPoint.ToString(), "--concurrency", Text(_options.Concurrency),
            "--lookups", Text(_options.Lookups), "--warm-up", Text(_options.WarmUp), "--warm-up-concurrency", Text(_options.WarmUpConcurrency), "--in-flight", Text(_options.InFlight), "--prefix", prefix);
        return kind == LoadClientKind.System ? _resolvConf!.Wrap(command) : command;
    }

    public void Dispose()
    {
        _resolvConf?.Dispose();
        _reference.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
