namespace StubResolver.Configuration;

/// <summary>A file at one moment.</summary>
/// <param name="Status">What came of looking at it.</param>
/// <param name="Stamp">How it looked; set if it was read or is too long.</param>
/// <param name="Content">Its octets; empty unless it was read.</param>
internal readonly record struct FileRead(FileReadStatus Status, FileStamp Stamp = default, ReadOnlyMemory<byte> Content = default);
