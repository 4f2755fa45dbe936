namespace StubResolver.Packages.Tests;

/// <summary>Packs once for all tests.</summary>
[CollectionDefinition(nameof(PackedLibraries))]
public sealed class PackedOnce : ICollectionFixture<PackedLibraries>;
