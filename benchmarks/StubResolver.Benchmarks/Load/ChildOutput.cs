namespace StubResolver.Benchmarks.Load;

/// <summary>What a program printed, and whether it ended well.</summary>
internal sealed record ChildOutput(bool IsSuccess, string Output, string Error);
