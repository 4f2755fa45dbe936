namespace StubResolver.Testing;

/// <summary>Where <see cref="DnsTestResponse.Close"/> ends a TCP connection.</summary>
public enum DnsTestClose
{
    /// <summary>Before the first octet of the reply.</summary>
    BeforeReply = 0,

    /// <summary>After the first octet of the length prefix.</summary>
    InsideLengthPrefix,

    /// <summary>After the length prefix and half of the message.</summary>
    InsideMessage,

    /// <summary>After the whole reply.</summary>
    AfterReply,
}
