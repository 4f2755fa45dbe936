namespace StubResolver.Testing.Messages;

/// <summary>The OPT record of a query (RFC 6891 §6.1).</summary>
internal sealed record QueryEdns(int UdpPayloadSize, int Version, bool DnssecOk, IReadOnlyDictionary<int, ReadOnlyMemory<byte>> Options);
