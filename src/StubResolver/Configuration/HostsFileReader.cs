using Microsoft.Extensions.Logging;
using StubResolver.Diagnostics;

namespace StubResolver.Configuration;

/// <summary>Keeps the last good hosts file. Not thread-safe.</summary>
internal sealed class HostsFileReader(SystemSource source, ILogger logger)
{
    private readonly TrackedFile _file = new(source, source.HostsPath, HostsFile.MaxLength);
    private bool _hasWarned;

    public HostsFile Current { get; private set; } = HostsFile.Empty;

    /// <summary>Reads the file again if it may have changed.</summary>
    public void Refresh(DateTimeOffset now)
    {
        FileRead read = _file.Read(now);
        if (read.Status != FileReadStatus.Unchanged)
        {
            Take(read.Status == FileReadStatus.Read ? HostsFile.Parse(read.Content.Span) : HostsFile.Empty, read.Status);
        }
    }

    private void Take(HostsFile read, FileReadStatus status)
    {
        if (read.Count > 0)
        {
            Current = read;
            _hasWarned = false;
        }
        else if (!_hasWarned)
        {
            _hasWarned = Warn(_file.Describe(status, "has no entries"), isUnusual: status is FileReadStatus.Unreadable or FileReadStatus.TooLong);
        }
    }

    // No hosts file, or one without entries, is nothing to warn of where there was none before.
    private bool Warn(string problem, bool isUnusual)
    {
        if (Current.Count > 0)
        {
            ResolverLog.LastConfigurationKept(logger, _file.Path, problem);
            return true;
        }

        if (isUnusual)
        {
            ResolverLog.HostsFileNotUsed(logger, _file.Path, problem);
        }

        return isUnusual;
    }
}
