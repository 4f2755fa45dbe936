namespace StubResolver.Configuration;

/// <summary>How a file looks from outside. Changes when the file is written to, and when another takes its place.</summary>
/// <param name="Length">Its size in octets.</param>
/// <param name="Modified">When it was last written to, UTC.</param>
/// <param name="Created">When it came to be, UTC: tells a file that was renamed over it with time and size preserved.</param>
internal readonly record struct FileStamp(long Length, DateTime Modified, DateTime Created);
