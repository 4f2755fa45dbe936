namespace StubResolver.Interop.Tests.Servers;

/// <summary>dnsmasq with some names of its own; the rest is forwarded and remembered.</summary>
internal static class DnsmasqConfiguration
{
    public static string Write(string folder, int port, int upstreamPort) =>
        $"""
        port={port}
        listen-address=127.0.0.1
        bind-interfaces
        user=root
        pid-file={folder}/dnsmasq.pid
        log-facility=-
        no-resolv
        no-hosts
        server=127.0.0.1#{upstreamPort}
        local=/lan.test/
        address=/address.lan.test/192.0.2.81
        host-record=host.lan.test,192.0.2.82,2001:db8::82
        host-record=ipv4.lan.test,192.0.2.83
        cname=alias.lan.test,host.lan.test
        txt-record=txt.lan.test,"a text"

        """;
}
