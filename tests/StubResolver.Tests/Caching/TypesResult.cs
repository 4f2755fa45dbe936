namespace StubResolver.Tests.Caching;

/// <summary>What ever more types of one name left behind.</summary>
/// <param name="Growth">By how much the memory of the process grew.</param>
/// <param name="Types">The types that are kept.</param>
/// <param name="AreAddressesKept">Whether the addresses of the name are.</param>
internal sealed record TypesResult(long Growth, int Types, bool AreAddressesKept);
