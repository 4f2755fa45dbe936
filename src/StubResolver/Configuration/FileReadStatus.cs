namespace StubResolver.Configuration;

/// <summary>What came of looking at a file.</summary>
internal enum FileReadStatus
{
    /// <summary>It looks as it did when last read, and was not read.</summary>
    Unchanged,

    /// <summary>It was read.</summary>
    Read,

    /// <summary>There is none.</summary>
    Missing,

    /// <summary>It is there and cannot be read.</summary>
    Unreadable,

    /// <summary>It is over the limit.</summary>
    TooLong,
}
