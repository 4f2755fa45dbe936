namespace StubResolver.Testing.Messages;

/// <summary>A query as it was read.</summary>
internal sealed class QueryMessage
{
    public required ReadOnlyMemory<byte> Octets { get; init; }

    public required int Id { get; init; }

    public required int Opcode { get; init; }

    public required DnsTestFlags Flags { get; init; }

    public required string Name { get; init; }

    public required DnsRecordType Type { get; init; }

    public required int Class { get; init; }

    /// <summary>The question section, octet for octet.</summary>
    public required ReadOnlyMemory<byte> Question { get; init; }

    public required QueryEdns? Edns { get; init; }
}
