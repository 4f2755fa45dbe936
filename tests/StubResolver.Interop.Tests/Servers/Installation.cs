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
        ServerKind.Bind => new Installation("named", "bind9"),
        ServerKind.Knot => new Installation("knotd", "knot"),
        _ => new Installation("unbound", "unbound"),
    };
}
