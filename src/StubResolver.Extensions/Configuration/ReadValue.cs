namespace StubResolver.Extensions.Configuration;

/// <summary>Reads one value; returns what is wrong with the text, as a predicate, or <see langword="null"/>.</summary>
internal delegate string? ReadValue<T>(string text, out T value);
