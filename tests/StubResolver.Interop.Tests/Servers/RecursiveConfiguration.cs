namespace StubResolver.Interop.Tests.Servers;

/// <summary>Servers that look for the answer themselves: in zones at hand, or at another server.</summary>
internal static class RecursiveConfiguration
{
    public static string Unbound(string folder, int port, int? upstreamPort) =>
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
            do-not-query-localhost: no
            tcp-upstream: {(upstreamPort is null ? "no" : "yes")}
            local-zone: "test." nodefault
            {Zones.ForEach(zone => $"local-zone: \"{zone}.\" nodefault")}
        remote-control:
            control-enable: no
        {(upstreamPort is null ? Zones.ForEach(AuthZone) : Zones.ForEach(zone => $"forward-zone:\n    name: \"{zone}\"\n    forward-addr: 127.0.0.1@{upstreamPort}"))}
        """;

    public static string PowerDns(string folder, int port, int upstreamPort) =>
        $"""
        local-address=127.0.0.1
        local-port={port}
        threads=1
        dnssec=off
        hint-file=no
        security-poll-suffix=
        socket-dir={folder}
        write-pid=no
        disable-syslog=yes
        loglevel=3
        dont-query=
        forward-zones={string.Join(',', Zones.All.Keys.Select(zone => $"{zone}=127.0.0.1:{upstreamPort}"))}
        """;

    public static string KnotResolver(string folder, int port, int upstreamPort) =>
        $$"""
        net.listen('127.0.0.1', {{port}}, { kind = 'dns' })
        cache.open(10 * MB, 'lmdb://{{folder}}/cache')
        trust_anchors.remove('.')
        modules.unload('priming')
        modules.unload('ta_update')
        modules.unload('detect_time_skew')
        policy.add(policy.all(policy.STUB('127.0.0.1@{{upstreamPort}}')))
        """;

    private static string AuthZone(string zone) => $"auth-zone:\n    name: \"{zone}\"\n    zonefile: \"{zone}.zone\"\n    for-downstream: no\n    fallback-enabled: no";
}
