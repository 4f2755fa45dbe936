namespace StubResolver.Interop.Tests.Servers;

/// <summary>Where a server's program is, and which Debian package has it.</summary>
internal sealed record Installation(string Program, string Package)
{
    // Debian keeps daemons where a user's path does not lead.
    private static readonly string[] s_folders =
        [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), "/usr/sbin", "/usr/local/sbin"];

    /// <summary>The file; <see langword="null"/> where the server is not installed.</summary>
    public string? File { get; } = s_folders.Select(folder => Path.Combine(folder, Program)).FirstOrDefault(System.IO.File.Exists);

    public static Installation Of(ServerKind kind) => kind switch
    {
        ServerKind.Bind or ServerKind.PlainBind => new Installation("named", "bind9"),
        ServerKind.Knot => new Installation("knotd", "knot"),
        ServerKind.Nsd => new Installation("nsd", "nsd"),
        ServerKind.Unbound or ServerKind.UnboundBeforeKnot => new Installation("unbound", "unbound"),
        ServerKind.PowerDnsBeforeNsd => new Installation("pdns_recursor", "pdns-recursor"),
        ServerKind.KnotResolverBeforeKnot => new Installation("kresd", "knot-resolver"),
        _ => new Installation("dnsmasq", "dnsmasq-base"),
    };
}
