namespace StubResolver.Tests.Testing;

/// <summary>A record as octets; the name is absolute.</summary>
internal sealed record RawRecord(string Name, int Type, int Class, uint Ttl, byte[] Data);
