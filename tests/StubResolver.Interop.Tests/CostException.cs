namespace StubResolver.Interop.Tests;

/// <summary>A lookup sent too many queries, or took too long.</summary>
internal sealed class CostException(string message) : Exception(message);
