namespace StubResolver.Interop.Tests.Servers;

/// <summary>Servers that the zones belong to.</summary>
internal static class AuthoritativeConfiguration
{
    public static string Bind(string folder, int port, bool wantsCookies) =>
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
            require-server-cookie {{(wantsCookies ? "yes" : "no")}};
        };
        controls { };
        {{Zones.ForEach(zone => $$"""zone "{{zone}}" { type primary; file "{{zone}}.zone"; };""")}}
        """;

    public static string Knot(string folder, int port) =>
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
        {Zones.ForEach(zone => $"  - domain: {zone}\n    file: {zone}.zone")}
        """;

    public static string Nsd(string folder, int port) =>
        $"""
        server:
            ip-address: 127.0.0.1@{port}
            server-count: 1
            answer-cookie: yes
            username: ""
            chroot: ""
            database: ""
            zonesdir: "{folder}"
            pidfile: "{folder}/nsd.pid"
            xfrdfile: "{folder}/xfrd.state"
            xfrdir: "{folder}"
            zonelistfile: "{folder}/zone.list"
        remote-control:
            control-enable: no
        {Zones.ForEach(zone => $"zone:\n    name: \"{zone}\"\n    zonefile: \"{zone}.zone\"")}
        """;
}
