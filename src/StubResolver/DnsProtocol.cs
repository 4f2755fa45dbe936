namespace StubResolver;

/// <summary>How a DNS message travels.</summary>
public enum DnsProtocol
{
    /// <summary>UDP (RFC 1035 §4.2.1). A server configured with it is asked over TCP too where UDP does not suffice.</summary>
    Udp = 0,

    /// <summary>TCP (RFC 7766).</summary>
    Tcp = 1,
}
