namespace StubResolver;

/// <summary>The names of transports in logs and reports.</summary>
internal static class ProtocolMnemonic
{
    /// <summary>Returns the mnemonic, as "UDP". Metrics have it in lower case, as OpenTelemetry wants "network.transport".</summary>
    public static string ToMnemonic(this DnsProtocol protocol) => protocol switch
    {
        DnsProtocol.Udp => "UDP",
        DnsProtocol.Tcp => "TCP",
        _ => protocol.ToString(),
    };
}
