namespace StubResolver.Benchmarks.Load;

/// <summary>One lookup of a run.</summary>
/// <param name="Index">Its place in the run.</param>
/// <param name="Name">The name to look up.</param>
/// <param name="Start">The timestamp of its start.</param>
internal readonly record struct LoadItem(int Index, string Name, long Start);
