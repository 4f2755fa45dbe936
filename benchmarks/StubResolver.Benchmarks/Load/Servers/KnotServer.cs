using System.Net;

namespace StubResolver.Benchmarks.Load.Servers;

/// <summary>Knot DNS with one zone, whose wildcard has both addresses.</summary>
internal sealed class KnotServer : LoadServer
{
    private readonly KilledAtExit _process;
    private readonly DirectoryInfo _directory;

    private KnotServer(KilledAtExit process, DirectoryInfo directory, IPEndPoint endPoint, IPEndPoint? systemEndPoint)
        : base("Knot DNS", endPoint, systemEndPoint) => (_process, _directory) = (process, directory);

    public static async Task<LoadServer> StartAsync(IPEndPoint endPoint, IPEndPoint? systemEndPoint)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("knot");
        string file = Path.Combine(directory.FullName, "knot.conf");
        await File.WriteAllTextAsync(file, Configuration(directory.FullName, systemEndPoint is null ? [endPoint] : [endPoint, systemEndPoint]));
        await File.WriteAllTextAsync(Path.Combine(directory.FullName, $"{LoadZone.Name}.zone"), Zone());

        KnotServer server = new(new KilledAtExit(ChildProcess.Start(["knotd", "-c", file])), directory, endPoint, systemEndPoint);
        try
        {
            await WaitUntilReadyAsync(server._process.Process, endPoint);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public override void Dispose()
    {
        _process.Dispose();
        _directory.Delete(recursive: true);
    }

    private static string Configuration(string directory, IPEndPoint[] endPoints) =>
        $"""
        server:
            rundir: {directory}
            listen: [ {string.Join(", ", endPoints.Select(endPoint => $"{endPoint.Address}@{endPoint.Port}"))} ]
            tcp-idle-timeout: 60
        database:
            storage: {directory}
        log:
          - target: stderr
            any: error
        zone:
          - domain: {LoadZone.Name}
            storage: {directory}
            file: {LoadZone.Name}.zone
            zonefile-sync: -1
            journal-content: none

        """;

    private static string Zone() =>
        """
        @ 300 SOA ns hostmaster 1 3600 600 86400 60
        @ 300 NS ns
        ns 300 A 192.0.2.53
        * 300 A 192.0.2.1
        * 300 AAAA 2001:db8::1

        """;
}
