namespace StubResolver.Benchmarks.Load;

/// <summary>The zone in which every name has one A and one AAAA record.</summary>
internal static class LoadZone
{
    public const string Name = "load.test";
}
