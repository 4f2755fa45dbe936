namespace StubResolver.Interop.Tests.Servers;

/// <summary>What each server is started with: one loopback port, the zones of its folder or a server to ask, nothing written elsewhere.</summary>
internal static class ServerConfiguration
{
    // PowerDNS Recursor looks for no other name.
    private const string FileName = "recursor.conf";

    public static string GetFile(string folder) => Path.Combine(folder, FileName);

    public static string[] GetArguments(ServerKind kind, string folder) => kind switch
    {
        ServerKind.Bind or ServerKind.PlainBind => ["-g", "-n", "1", "-c", GetFile(folder)],
        ServerKind.Knot => ["-c", GetFile(folder)],
        ServerKind.Nsd => ["-d", "-c", GetFile(folder)],
        ServerKind.Unbound or ServerKind.UnboundBeforeKnot => ["-d", "-p", "-c", GetFile(folder)],
        ServerKind.PowerDnsBeforeNsd => [$"--config-dir={folder}"],
        ServerKind.KnotResolverBeforeKnot => ["-n", "-q", "-c", GetFile(folder), folder],
        _ => ["--keep-in-foreground", $"--conf-file={GetFile(folder)}"],
    };

    /// <summary>Writes the configuration of a server.</summary>
    /// <param name="kind">The server.</param>
    /// <param name="folder">The folder that has its zones and is its own to write to.</param>
    /// <param name="port">The port that it listens on.</param>
    /// <param name="upstreamPort">The port of the server that it asks, if it does.</param>
    public static string Write(ServerKind kind, string folder, int port, int? upstreamPort) => kind switch
    {
        ServerKind.Bind => AuthoritativeConfiguration.Bind(folder, port, wantsCookies: true),
        ServerKind.PlainBind => AuthoritativeConfiguration.Bind(folder, port, wantsCookies: false),
        ServerKind.Knot => AuthoritativeConfiguration.Knot(folder, port),
        ServerKind.Nsd => AuthoritativeConfiguration.Nsd(folder, port),
        ServerKind.Unbound or ServerKind.UnboundBeforeKnot => RecursiveConfiguration.Unbound(folder, port, upstreamPort),
        ServerKind.PowerDnsBeforeNsd => RecursiveConfiguration.PowerDns(folder, port, upstreamPort!.Value),
        ServerKind.KnotResolverBeforeKnot => RecursiveConfiguration.KnotResolver(folder, port, upstreamPort!.Value),
        _ => DnsmasqConfiguration.Write(folder, port, upstreamPort!.Value),
    };
}
