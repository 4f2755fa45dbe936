using Microsoft.Extensions.Logging;
using StubResolver.Diagnostics;

namespace StubResolver.Configuration;

/// <summary>Keeps the hosts file. Not thread-safe.</summary>
internal sealed class HostsFileReader(SystemSource source, ILogger logger)
{
    private readonly TrackedFile _file = new(source, source.HostsPath, HostsFile.MaxLength);
    private bool _hasWarned;

    public HostsFile Current { get; private set; } = HostsFile.Empty;

    /// <summary>Reads the file again if it may have changed; one that is gone has no entries.</summary>
    public void Refresh(DateTimeOffset now)
    {
        FileRead read = _file.Read(now);
        switch (read.Status)
        {
            case FileReadStatus.Unchanged:
                break;
            case FileReadStatus.Read:
                Use(HostsFile.Parse(read.Content.Span));
                break;
            case FileReadStatus.Missing:
                Use(HostsFile.Empty);
                break;
            default:
                WarnOnce(_file.Describe(read.Status, missing: ""));
                break;
        }
    }

    private void Use(HostsFile read)
    {
        Current = read.Count > 0 ? read : HostsFile.Empty; // a file without entries is the same as the next one without
        _hasWarned = false;
    }

    // It is there, and nobody knows what it says now: what it said before stays.
    private void WarnOnce(string problem)
    {
        if (_hasWarned)
        {
            return;
        }

        _hasWarned = true;
        if (Current.Count > 0)
        {
            ResolverLog.LastConfigurationKept(logger, _file.Path, problem);
        }
        else
        {
            ResolverLog.HostsFileNotUsed(logger, _file.Path, problem);
        }
    }
}
