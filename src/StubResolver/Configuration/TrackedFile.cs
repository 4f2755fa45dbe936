namespace StubResolver.Configuration;

/// <summary>A file that is looked at again and again. Not thread-safe: one updater at a time.</summary>
internal sealed class TrackedFile(SystemSource source, string path, int maxLength)
{
    // A file's time moves in steps, of 2 s at worst (FAT): one written to this shortly before it was read may change again unseen.
    private static readonly TimeSpan s_coarsestStep = TimeSpan.FromSeconds(2);

    private FileStamp? _stamp;
    private int? _contentHash;

    public readonly string Path = path;

    /// <summary>Reads the file unless nothing has changed since the last call.</summary>
    public FileRead Read(DateTimeOffset now)
    {
        FileRead read = source.Read(Path, maxLength, _stamp);
        switch (read.Status)
        {
            case FileReadStatus.Unchanged:
                return read;
            case FileReadStatus.Read:
                _stamp = IsRecent(read.Stamp.Modified, now) || IsRecent(read.Stamp.Change.Changed, now) ? null : read.Stamp;
                int? previous = _contentHash;
                _contentHash = Hash(read.Content.Span);
                return _contentHash == previous ? new FileRead(FileReadStatus.Unchanged, read.Stamp) : read;
            default:
                Forget();
                _stamp = read.Status == FileReadStatus.TooLong ? read.Stamp : null;
                return read;
        }
    }

    /// <summary>Has the next call read the file in any case.</summary>
    public void Forget() => (_stamp, _contentHash) = (null, null);

    /// <summary>Says in words what is wrong with the file.</summary>
    /// <param name="status">What came of looking at it.</param>
    /// <param name="missing">What is wrong if it could be read.</param>
    public string Describe(FileReadStatus status, string missing) => status switch
    {
        FileReadStatus.Missing => "is missing",
        FileReadStatus.Unreadable => "cannot be read",
        FileReadStatus.TooLong => $"is longer than {maxLength >> 20} MiB",
        _ => missing,
    };

    private static bool IsRecent(DateTime date, DateTimeOffset now) => (now.UtcDateTime - date).Duration() < s_coarsestStep;

    private static int Hash(ReadOnlySpan<byte> content)
    {
        HashCode hash = default;
        hash.Add(content.Length);
        hash.AddBytes(content);
        return hash.ToHashCode();
    }
}
