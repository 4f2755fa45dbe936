namespace StubResolver.Configuration;

/// <summary>How a file looks from outside. Changes when the file is written to, and when another takes its place.</summary>
/// <param name="Length">Its size in octets.</param>
/// <param name="Modified">When it was last written to, UTC; copying tools set it back.</param>
/// <param name="Created">When it came to be, UTC, where the system tells.</param>
/// <param name="Change">What nobody can set back, where the system tells.</param>
internal readonly record struct FileStamp(long Length, DateTime Modified, DateTime Created, FileChange Change = default);
