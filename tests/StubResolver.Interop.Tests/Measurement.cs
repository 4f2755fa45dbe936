namespace StubResolver.Interop.Tests;

/// <summary>What came back, after how long, for how many queries.</summary>
internal sealed record Measurement<TAnswer>(TAnswer Answer, TimeSpan Elapsed, int Queries);
