namespace StubResolver.Interop.Tests.Servers;

/// <summary>What each server is started with: one loopback port, the zones of its folder, nothing written elsewhere.</summary>
internal static class ServerConfiguration
{
    public static string[] GetArguments(ServerKind kind, string file) => kind switch
    {
        ServerKind.Bind => ["-g", "-n", "1", "-c", file],
        ServerKind.Knot => ["-c", file],
        _ => ["-d", "-p", "-c", file],
    };

    public static string Write(ServerKind kind, string folder, int port) => kind switch
    {
        ServerKind.Bind => Bind(folder, port),
        ServerKind.Knot => Knot(folder, port),
        _ => Unbound(folder, port),
    };

    private static string Bind(string folder, int port) =>
        $$"""
        options {
            directory "{{folder}}";
            listen-on port {{port}} { 127.0.0.1; };
            listen-on-v6 { none; };
            pid-file none;
            lock-file none;
            session-keyfile none;
            recursion no;
            notify no;
            dnssec-validation no;
            check-names primary ignore;
            require-server-cookie yes;
        };
        controls { };
        {{ForEachZone(zone => $$"""zone "{{zone}}" { type primary; file "{{zone}}.zone"; };""")}}
        """;

    private static string Knot(string folder, int port) =>
        $"""
        server:
            rundir: {folder}
            listen: 127.0.0.1@{port}
        database:
            storage: {folder}
        log:
          - target: stderr
            any: error
        template:
          - id: default
            storage: {folder}
            zonefile-sync: -1
            journal-content: none
            global-module: mod-cookies
        zone:
        {ForEachZone(zone => $"  - domain: {zone}\n    file: {zone}.zone")}
        """;

    private static string Unbound(string folder, int port) =>
        $"""
        server:
            directory: "{folder}"
            chroot: ""
            username: ""
            pidfile: ""
            use-syslog: no
            interface: 127.0.0.1
            port: {port}
            num-threads: 1
            module-config: "iterator"
            local-zone: "test." nodefault
            {ForEachZone(zone => $"local-zone: \"{zone}.\" nodefault")}
        remote-control:
            control-enable: no
        {ForEachZone(zone => $"auth-zone:\n    name: \"{zone}\"\n    zonefile: \"{zone}.zone\"\n    for-downstream: no\n    fallback-enabled: no")}
        """;

    private static string ForEachZone(Func<string, string> write) => string.Join('\n', Zones.All.Keys.Select(write)) + "\n";
}
